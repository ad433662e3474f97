package com.wasmcloud.blobstore.s3;

import com.wasmcloud.blobstore.s3.http.ConnectionLostException;
import com.wasmcloud.blobstore.s3.http.NoFreeConnectionException;
import com.wasmcloud.blobstore.s3.http.ServerSilentException;
import com.wasmcloud.provider.support.Causes;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** What went wrong with a request, in words for the person who must act. */
final class Failures {
    private static final int LONGEST_TEXT = 300;
    /** Answers that tell that the credentials are no good, whatever was asked for. */
    private static final Set<String> CREDENTIALS_REFUSED = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "RequestTimeTooSkewed");

    private Failures() {}

    /** The status of the answer, 0 when there was none. */
    static int status(Throwable failure) {
        return Causes.unwrap(failure) instanceof AwsServiceException answer ? answer.statusCode() : 0;
    }

    /** The code of the answer, such as {@code NoSuchBucket}; empty when there was none. */
    static String code(Throwable failure) {
        if (!(Causes.unwrap(failure) instanceof AwsServiceException answer)) {
            return "";
        }
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null || code.isBlank() || code.startsWith(String.valueOf(answer.statusCode()))
                ? ofStatus(answer.statusCode())
                : shortened(code);
    }

    /** Answers to HEAD have no body and so no code. */
    private static String ofStatus(int status) {
        return switch (status) {
            case 301, 307, 308 -> "PermanentRedirect";
            case 400 -> "BadRequest";
            case 403 -> "AccessDenied";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 412 -> "PreconditionFailed";
            case 416 -> "InvalidRange";
            case 500 -> "InternalError";
            case 501 -> "NotImplemented";
            case 503 -> "ServiceUnavailable";
            default -> "HTTP " + status;
        };
    }

    /** The end of a sentence about a request that failed. */
    static String reason(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        if (!(cause instanceof AwsServiceException answer)) {
            return ofClient(cause);
        }
        AwsErrorDetails details = answer.awsErrorDetails();
        String text = details == null ? null : details.errorMessage();
        String code = code(answer);
        String said = text == null || text.isBlank() || text.equals(code) ? code : code + ": " + shortened(text);
        return said + region(answer.statusCode(), details);
    }

    /** Where the bucket is, which S3 tells those who look for it in the wrong region. */
    private static String region(int status, @Nullable AwsErrorDetails details) {
        if (details == null || (status != 301 && status != 307 && status != 400)) {
            return "";
        }
        return Optional.ofNullable(details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .map(region -> "; the bucket is in region " + shortened(region) + " (see the setting region)")
                .orElse("");
    }

    /**
     * Why S3 as a whole does not work for this link: it cannot be reached, is in trouble, or refuses the credentials.
     * Empty when the failure is about this request alone.
     */
    static Optional<String> outage(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        if (cause instanceof AwsServiceException answer) {
            boolean everywhere = (answer.statusCode() >= 500 && answer.statusCode() != 501)
                    || isCredentialsRefused(answer)
                    || "STS".equalsIgnoreCase(service(answer));
            return everywhere ? Optional.of("it answers " + reason(answer)) : Optional.empty();
        }
        return isUnreachable(cause) || isWithoutCredentials(cause) ? Optional.of(ofClient(cause)) : Optional.empty();
    }

    /** Whether the answer is that the credentials are no good. */
    static boolean isCredentialsRefused(Throwable failure) {
        return CREDENTIALS_REFUSED.contains(code(failure));
    }

    private static String service(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null ? "" : String.valueOf(details.serviceName());
    }

    /** Whether no connection became free in time. */
    static boolean isOverload(Throwable failure) {
        return find(failure, NoFreeConnectionException.class) != null;
    }

    /** Whether nobody could say who the provider is, so that nothing was sent. */
    static boolean isWithoutCredentials(Throwable failure) {
        return find(failure, NoCredentialsException.class) != null;
    }

    /** Whether the server did not answer; anything else that fails in the client concerns the one request. */
    static boolean isUnreachable(Throwable failure) {
        return find(failure, IOException.class) != null
                || find(failure, TimeoutException.class) != null
                || find(failure, ApiCallTimeoutException.class) != null
                || find(failure, ApiCallAttemptTimeoutException.class) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
        return null;
    }

    private static String ofClient(Throwable failure) {
        Throwable root = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            Optional<String> known = known(next);
            if (known.isPresent()) {
                return known.get();
            }
            root = next;
        }
        return shortened(Causes.text(root));
    }

    private static Optional<String> known(Throwable failure) {
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof TimeoutException
                || failure instanceof ConnectTimeoutException
                || failure instanceof SslHandshakeTimeoutException) {
            return Optional.of("no answer in time");
        }
        if (failure instanceof NoCredentialsException
                || failure instanceof ConnectionLostException
                || failure instanceof ServerSilentException
                || failure instanceof UncheckedIOException) {
            return Optional.of(Causes.text(failure));
        }
        if (failure instanceof UnknownHostException) {
            return Optional.of("its host name is not known");
        }
        if (failure instanceof SSLException) {
            return Optional.of("no TLS with it: " + shortened(Causes.reason(failure)) + " (see tls_ca_file)");
        }
        if (failure instanceof ConnectException
                && Causes.text(failure).toLowerCase(Locale.ROOT).contains("refused")) {
            return Optional.of("connection refused");
        }
        return Optional.empty();
    }

    /** One line of bounded length: a server may answer anything. */
    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }
}
