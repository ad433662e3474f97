package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.telemetry.Span;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A client that reports each request, with all its attempts, under the name of its operation; never what it is about. It
 * owns nothing, and nobody closes it. Thread-safe.
 */
final class ReportedClient extends DelegatingS3AsyncClient {
    private static final String SUFFIX = "Request";

    private final Spans spans;

    ReportedClient(S3AsyncClient client, Spans spans) {
        super(client);
        this.spans = spans;
    }

    /** The one way of all operations. */
    @Override
    protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
            T request, Function<T, CompletableFuture<R>> operation) {
        String name = name(request);
        Span span = spans.sent(name).attribute("rpc.method", name);
        try {
            return operation.apply(request).whenComplete((answer, failure) -> end(span, request, failure));
        } catch (RuntimeException e) {
            span.end(e);
            throw e;
        }
    }

    /** Such as {@code GetObject}: the client names its requests after their operations. */
    private static String name(S3Request request) {
        String type = request.getClass().getSimpleName();
        return type.endsWith(SUFFIX) ? type.substring(0, type.length() - SUFFIX.length()) : type;
    }

    private static void end(Span span, S3Request request, @Nullable Throwable failure) {
        int status = failure == null ? 0 : Failures.status(failure);
        if (status == 0) {
            span.end(failure);
            return;
        }
        span.attribute("http.response.status_code", status);
        boolean asksWhetherItIsThere = request instanceof HeadObjectRequest || request instanceof HeadBucketRequest;
        if (status == 404 && asksWhetherItIsThere) {
            span.end(null); // that is an answer
        } else {
            span.fail(Integer.toString(status)); // the code may be anything that a server invents
        }
    }
}
