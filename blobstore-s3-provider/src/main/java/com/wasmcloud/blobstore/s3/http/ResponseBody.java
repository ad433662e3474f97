package com.wasmcloud.blobstore.s3.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of an answer for one subscriber, read from the socket as it is asked for. Buffers are lent until {@code onNext}
 * returns. Its state belongs to the event loop; what the subscriber calls may come from any thread.
 */
final class ResponseBody implements Publisher<ByteBuffer>, Subscription {
    private final Wire connection;
    private final EventLoop loop;
    private final CompletableFuture<Void> result;
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private @Nullable Subscriber<? super ByteBuffer> subscriber;
    private @Nullable Throwable failure;
    private long demand;
    private long lastActive = System.nanoTime();
    private boolean delivering;
    private boolean complete;
    private boolean done;

    /**
     * @param result completed when all has been handed on; a failure of it ends the exchange
     */
    ResponseBody(Wire connection, CompletableFuture<Void> result) {
        this.connection = connection;
        this.loop = connection.channel().eventLoop();
        this.result = result;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> to) {
        onLoop(() -> {
            if (subscriber != null) {
                throw new IllegalStateException("the body has a subscriber already");
            }
            subscriber = to;
            to.onSubscribe(this);
            if (failure != null && !done) {
                done = true;
                to.onError(failure);
            }
            deliver();
        });
    }

    @Override
    public void request(long count) {
        onLoop(() -> {
            if (demand == 0) {
                lastActive = System.nanoTime();
            }
            demand = count > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + count;
            deliver();
        });
    }

    @Override
    public void cancel() {
        onLoop(() -> {
            if (!done) {
                end();
                result.completeExceptionally(new CancellationException("the body is not wanted"));
            }
        });
    }

    boolean wantsMore() {
        return !done && !complete && demand > 0 && waiting.isEmpty();
    }

    /** How long something has been wanted and nothing has come. */
    Duration silence() {
        return wantsMore() ? Duration.ofNanos(System.nanoTime() - lastActive) : Duration.ZERO;
    }

    /** Takes over a piece. */
    void add(ByteBuf piece) {
        lastActive = System.nanoTime();
        if (done || !piece.isReadable()) {
            piece.release();
        } else {
            waiting.add(piece);
            deliver();
        }
    }

    /** No more will come. */
    void complete() {
        complete = true;
        deliver();
    }

    void fail(Throwable why) {
        if (done) {
            return;
        }
        failure = why;
        release();
        Subscriber<? super ByteBuffer> to = subscriber;
        if (to != null) {
            done = true;
            to.onError(why);
        }
    }

    private void deliver() {
        Subscriber<? super ByteBuffer> to = subscriber;
        if (delivering || to == null) {
            return;
        }
        delivering = true;
        try {
            while (!done && demand > 0 && !waiting.isEmpty()) {
                hand(waiting.remove(), to);
            }
        } catch (Throwable e) {
            result.completeExceptionally(e);
        } finally {
            delivering = false;
        }
        if (!done && complete && waiting.isEmpty()) {
            done = true;
            to.onComplete();
            result.complete(null);
        } else if (wantsMore()) {
            connection.read();
        }
    }

    private void hand(ByteBuf piece, Subscriber<? super ByteBuffer> to) {
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        try {
            to.onNext(piece.nioBuffer());
        } finally {
            piece.release();
        }
    }

    private void end() {
        done = true;
        release();
    }

    private void release() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
    }

    private void onLoop(Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }
}
