package com.wasmcloud.blobstore.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object as S3 begins to send it. An immutable value, whose bytes can be had once.
 *
 * @param head what is known about it
 * @param bytes lent to the subscriber until its {@code onNext} returns
 */
record ObjectBody(GetObjectResponse head, Publisher<ByteBuffer> bytes) {

    /** Turns the bytes down. */
    void refuse() {
        bytes.subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.cancel();
            }

            @Override
            public void onNext(ByteBuffer unwanted) {}

            @Override
            public void onError(Throwable unwanted) {}

            @Override
            public void onComplete() {}
        });
    }

    /** What makes one of a request's answer. */
    static final class Receiver implements AsyncResponseTransformer<GetObjectResponse, ObjectBody> {
        private volatile CompletableFuture<ObjectBody> attempt = new CompletableFuture<>();
        private volatile @Nullable GetObjectResponse head;

        @Override
        public CompletableFuture<ObjectBody> prepare() {
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
            } else {
                attempt.complete(new ObjectBody(known, bytes));
            }
        }

        @Override
        public void exceptionOccurred(Throwable failure) {
            attempt.completeExceptionally(failure); // later ones are failures of the bytes
        }
    }
}
