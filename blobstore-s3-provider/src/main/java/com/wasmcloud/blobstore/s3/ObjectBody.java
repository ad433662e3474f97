package com.wasmcloud.blobstore.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object as S3 begins to send it: what is known about it, and its bytes for one who subscribes. A connection that breaks
 * later is a failure of those bytes; the client's own way to hand out bytes keeps silent about it.
 *
 * <p>Thread-safe.
 */
final class ObjectBody {
    private final GetObjectResponse head;
    private final SdkPublisher<ByteBuffer> bytes;
    private @Nullable Subscriber<ByteBuffer> subscriber;
    private @Nullable Throwable failure;

    private ObjectBody(GetObjectResponse head, SdkPublisher<ByteBuffer> bytes) {
        this.head = head;
        this.bytes = bytes;
    }

    GetObjectResponse head() {
        return head;
    }

    /** Gives the bytes to one who asks for them. */
    void subscribe(Subscriber<ByteBuffer> to) {
        Throwable known;
        synchronized (this) {
            subscriber = to;
            known = failure;
        }
        bytes.subscribe(to);
        if (known != null) {
            to.onError(known);
        }
    }

    private void failed(Throwable why) {
        Subscriber<ByteBuffer> to;
        synchronized (this) {
            failure = why;
            to = subscriber;
        }
        if (to != null) {
            to.onError(why);
        }
    }

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
        private volatile @Nullable ObjectBody body;

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
                return;
            }
            ObjectBody begun = new ObjectBody(known, bytes);
            body = begun;
            attempt.complete(begun);
        }

        @Override
        public void exceptionOccurred(Throwable failure) {
            ObjectBody begun = body;
            if (!attempt.completeExceptionally(failure) && begun != null) {
                begun.failed(failure);
            }
        }
    }
}
