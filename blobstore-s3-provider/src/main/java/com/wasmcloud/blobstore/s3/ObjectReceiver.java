package com.wasmcloud.blobstore.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Makes a stream of the answer to one request, as soon as it begins. Used as the client says. */
final class ObjectReceiver implements AsyncResponseTransformer<GetObjectResponse, ObjectReceiver.Answer> {
    private volatile CompletableFuture<Answer> attempt = new CompletableFuture<>();
    private volatile @Nullable GetObjectResponse head;

    /** What S3 answers. */
    record Answer(GetObjectResponse head, ObjectStream content) {}

    @Override
    public CompletableFuture<Answer> prepare() {
        attempt = new CompletableFuture<>();
        return attempt;
    }

    @Override
    public void onResponse(GetObjectResponse response) {
        head = response;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> bytes) {
        GetObjectResponse known = head;
        if (known == null) {
            attempt.completeExceptionally(new IllegalStateException("a body without a response"));
            return;
        }
        attempt.complete(new Answer(known, ObjectStream.of(ObjectInfo.of(known), bytes)));
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
        attempt.completeExceptionally(failure); // later ones are failures of the bytes
    }
}
