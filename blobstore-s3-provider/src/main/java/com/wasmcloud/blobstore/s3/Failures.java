package com.wasmcloud.blobstore.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
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

    private static final String WITHOUT_CREDENTIALS = "Unable to load credentials";

    private Failures() {}

    /** What really failed, where stages of a future have wrapped it. */
    static Throwable cause(Throwable failure) {
        Throwable inner = failure instanceof CompletionException ? failure.getCause() : null;
        return inner == null ? failure : cause(inner);
    }

    /** The status of the answer, 0 when there was none. */
    static int status(Throwable failure) {
        return cause(failure) instanceof AwsServiceException answer ? answer.statusCode() : 0;
    }

    /** The code of the answer, such as {@code NoSuchBucket}; empty when there was none. */
    static String code(Throwable failure) {
        if (!(cause(failure) instanceof AwsServiceException answer)) {
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
        Throwable cause = cause(failure);
        if (cause instanceof AwsServiceException answer) {
            AwsErrorDetails details = answer.awsErrorDetails();
            String text = details == null ? null : details.errorMessage();
            String code = code(answer);
            return text == null || text.isBlank() || text.equals(code) ? code : code + ": " + shortened(text);
        }
        return transport(cause);
    }

    /**
     * Why S3 as a whole does not work for this link: it cannot be reached, is in trouble, or refuses the credentials.
     * Empty when the failure is about this request alone.
     */
    static Optional<String> outage(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof AwsServiceException answer) {
            boolean everywhere = (answer.statusCode() >= 500 && answer.statusCode() != 501)
                    || CREDENTIALS_REFUSED.contains(code(answer))
                    || "STS".equalsIgnoreCase(service(answer));
            return everywhere ? Optional.of("it answers " + reason(answer)) : Optional.empty();
        }
        return isOverload(cause) ? Optional.empty() : Optional.of(transport(cause));
    }

    private static String service(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null ? "" : String.valueOf(details.serviceName());
    }

    /** Whether no connection became free in time. */
    static boolean isOverload(Throwable failure) {
        return text(cause(failure)).contains("Acquire operation took longer")
                || text(cause(failure)).contains("too many outstanding");
    }

    /** Whether nobody could say who the provider is, so that nothing was sent. */
    static boolean isWithoutCredentials(Throwable failure) {
        return text(innermost(cause(failure))).contains(WITHOUT_CREDENTIALS);
    }

    private static String transport(Throwable failure) {
        Throwable root = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof ApiCallTimeoutException
                    || next instanceof ApiCallAttemptTimeoutException
                    || next instanceof TimeoutException
                    || next.getClass().getSimpleName().contains("Timeout")) {
                return "no answer in time";
            }
            if (next instanceof UncheckedIOException) {
                return text(next);
            }
            if (next instanceof UnknownHostException) {
                return "its host name is not known";
            }
            if (next instanceof SSLException) {
                return "no TLS with it: " + text(innermost(next)) + " (see tls_ca_file)";
            }
            if (next instanceof ConnectException
                    && text(next).toLowerCase(Locale.ROOT).contains("refused")) {
                return "connection refused";
            }
            if (next instanceof IOException && text(next).contains("onnection was closed")) {
                return "the connection was closed";
            }
            root = next;
        }
        String text = text(root);
        if (text.contains(WITHOUT_CREDENTIALS)) {
            return "no credentials: neither the settings nor the environment, profile, container or instance have any";
        }
        return shortened(text);
    }

    private static Throwable innermost(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** One line of bounded length: a server may answer anything. */
    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }
}
