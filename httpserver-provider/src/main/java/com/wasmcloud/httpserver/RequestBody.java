package com.wasmcloud.httpserver;

import com.wasmcloud.contract.rpc.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, as far as it has arrived. It never holds much more than has arrived, whatever the client
 * announces, and a client that sends too slowly is given up. Used on the request's event loop.
 */
final class RequestBody {
    private static final int SMALLEST_SEGMENT = 1024;
    private static final int LARGEST_SEGMENT = 1024 * 1024;
    /** So much of an announcement is believed when the first part of the body is there. */
    private static final int MOST_TRUSTED = 64 * 1024;

    private static final int BYTES_PER_PATIENCE = 32 * 1024;

    private final Receiver receiver;
    private final BodyBudget.Share share;
    private final Limits limits;
    private final List<byte[]> full = new ArrayList<>();
    private final long announced;
    private byte[] segment = new byte[0];
    private int used;
    private int size;
    private boolean over;
    private long timer;

    /** Who is told of the end, once. */
    interface Receiver {
        void received(Bytes body);

        /** The client is still there, and may have the failure as its answer. */
        void refused(HttpFailure failure);

        /** The client is gone. */
        void lost(Throwable cause);
    }

    /**
     * @param most in bytes
     * @param patience how long the first 32 KiB may take, and every 32 KiB after them
     */
    record Limits(int most, Duration patience) {}

    private RequestBody(Receiver receiver, BodyBudget.Share share, Limits limits, long announced) {
        this.receiver = receiver;
        this.share = share;
        this.limits = limits;
        this.announced = announced;
    }

    /** Whether a request has a body at all. */
    static boolean isIn(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || isOpenStream(request)
                : !length.equals("0");
    }

    /** In HTTP/2 a body needs no announcement. */
    private static boolean isOpenStream(HttpServerRequest request) {
        return request.version().alpnName().equals("h2") && !request.isEnded();
    }

    /** Reads the body into memory that the share pays for. */
    static void read(HttpServerRequest request, BodyBudget.Share share, Limits limits, Receiver receiver) {
        long announced = announced(request);
        RequestBody body = new RequestBody(receiver, share, limits, announced);
        if (announced > limits.most) {
            body.refuse(body.tooLarge());
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        Vertx vertx = Vertx.currentContext().owner();
        body.await(vertx, limits.patience);
        request.handler(body::add);
        request.endHandler(end -> body.end(vertx));
        request.exceptionHandler(cause -> body.lose(vertx, cause));
    }

    /** What the client says its body has, -1 when it does not say. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1; // counted as it arrives
        }
    }

    private void await(Vertx vertx, Duration patience) {
        int before = size;
        timer = vertx.setTimer(patience.toMillis(), late -> {
            if (over) {
                return;
            }
            if (size - before < BYTES_PER_PATIENCE) {
                refuse(new HttpFailure(408, "The body of the request came too slowly."));
            } else {
                await(vertx, limits.patience);
            }
        });
    }

    private void add(Buffer part) {
        if (over) {
            return; // what still comes is dropped
        }
        int length = part.length();
        if (length > limits.most - size) {
            refuse(tooLarge());
            return;
        }
        for (int from = 0; from < length; ) {
            if (used == segment.length && !addSegment(length - from)) {
                refuse(new HttpFailure(503, "The server holds too many large bodies; try again in a moment.")
                        .retryLater());
                return;
            }
            int fits = Math.min(length - from, segment.length - used);
            part.getBytes(from, from + fits, segment, used);
            from += fits;
            used += fits;
        }
        size += length;
    }

    /** Makes room for some more bytes, or at least some of them; false when nobody pays for it. */
    private boolean addSegment(int more) {
        int next = Math.min(LARGEST_SEGMENT, Math.max(Math.max(SMALLEST_SEGMENT, more), 2 * segment.length));
        if (size == 0 && announced >= more && announced <= MOST_TRUSTED) {
            next = (int) announced;
        }
        if (!share.take(next)) {
            return false;
        }
        if (used > 0) {
            full.add(segment);
        }
        segment = new byte[next];
        used = 0;
        return true;
    }

    private void end(Vertx vertx) {
        vertx.cancelTimer(timer);
        if (!over) {
            over = true;
            receiver.received(whole());
        }
    }

    private Bytes whole() {
        if (full.isEmpty()) {
            return Bytes.wrap(segment, 0, used);
        }
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] each : full) {
            System.arraycopy(each, 0, whole, at, each.length);
            at += each.length;
        }
        System.arraycopy(segment, 0, whole, at, used);
        drop();
        return Bytes.wrap(whole);
    }

    private void drop() {
        full.clear();
        segment = new byte[0];
        used = 0;
    }

    private void lose(Vertx vertx, @Nullable Throwable cause) {
        vertx.cancelTimer(timer);
        if (!over) {
            over = true;
            drop();
            receiver.lost(cause == null ? new IllegalStateException("the client is gone") : cause);
        }
    }

    private void refuse(HttpFailure failure) {
        over = true;
        drop();
        receiver.refused(failure);
    }

    private HttpFailure tooLarge() {
        return new HttpFailure(413, "The body is larger than the " + limits.most + " bytes that are allowed here.");
    }
}
