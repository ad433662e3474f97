package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.httpserver.handlers.HttpFailure;
import com.wasmcloud.httpserver.handlers.InFlight;
import com.wasmcloud.httpserver.vertx.HttpPort;
import com.wasmcloud.provider.support.CollectedBytes;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads the body of one request into memory. However much a client announces, it holds little more than has arrived, and
 * it gives up a client that sends too slowly. Used on the request's event loop.
 */
final class BodyReader {
    private static final int BYTES_PER_PATIENCE = 32 * 1024;
    /** Memory for a body of at most this length is taken at its first byte; a longer one gets it as it arrives. */
    private static final int TAKEN_AT_ONCE = 512 * 1024;
    /** How long a client may wait for memory. */
    private static final Duration MEMORY_PATIENCE = Duration.ofSeconds(10);

    private final HttpServerRequest request;
    private final InFlight inFlight;
    private final Limits limits;
    private final Consumer<Bytes> next;
    private final long announced;
    private final CollectedBytes collected;
    private final Vertx vertx = Vertx.currentContext().owner();
    private boolean over;
    private long timer;

    /**
     * @param most in bytes
     * @param patience how long the first 32 KiB may take, and every 32 KiB after them
     */
    record Limits(int most, Duration patience) {}

    private BodyReader(HttpServerRequest request, InFlight inFlight, Limits limits, Consumer<Bytes> next) {
        this.request = request;
        this.inFlight = inFlight;
        this.limits = limits;
        this.next = next;
        this.announced = announced(request);
        this.collected = new CollectedBytes(announced, inFlight::take);
    }

    /** Reads the body in memory of the request, and passes it on unless the request fails. */
    static void read(HttpServerRequest request, InFlight inFlight, Limits limits, Consumer<Bytes> next) {
        new BodyReader(request, inFlight, limits, next).begin();
    }

    private void begin() {
        if (announced > limits.most) {
            refuse(tooLarge());
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        await();
        request.handler(announced > 0 && announced <= TAKEN_AT_ONCE ? this::addFirst : this::add);
        request.endHandler(end -> end());
        request.exceptionHandler(this::failed);
    }

    /** The length that the client announces, -1 when it announces none. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1; // counted as it arrives
        }
    }

    private void await() {
        int before = collected.size();
        timer = vertx.setTimer(limits.patience.toMillis(), late -> {
            if (over) {
                return;
            }
            if (collected.size() - before < BYTES_PER_PATIENCE) {
                refuse(HttpFailure.of(408, "The body of the request came too slowly."));
            } else {
                await();
            }
        });
    }

    /** With the first byte the memory for the whole body is taken; so bodies of this size cannot block each other. */
    private void addFirst(Buffer part) {
        request.handler(this::add);
        if (over) {
            return;
        }
        if (inFlight.take(announced)) {
            collected.reserve();
            add(part);
            return;
        }
        request.pause();
        vertx.cancelTimer(timer); // it is not the client who is slow now
        inFlight.take(announced, MEMORY_PATIENCE, taken -> {
            if (over) {
                return;
            }
            if (taken) {
                collected.reserve();
                await();
                add(part);
            } else {
                refuse(noRoom());
            }
            request.resume();
        });
    }

    private void add(Buffer part) {
        if (over) {
            return; // what still arrives is dropped
        }
        if (part.length() > limits.most - collected.size()) {
            refuse(tooLarge());
        } else if (!collected.add(
                part.length(), (from, into, at, length) -> part.getBytes(from, from + length, into, at))) {
            refuse(noRoom());
        }
    }

    private void end() {
        if (over) {
            return;
        }
        Bytes body = collected.whole();
        if (body == null) {
            refuse(noRoom());
            return;
        }
        stop();
        next.accept(body);
    }

    private void failed(Throwable cause) {
        if (over) {
            return;
        }
        if (cause instanceof IOException || cause instanceof VertxException) {
            stop();
            inFlight.lost();
        } else { // chunks that cannot be decoded; the connection will be closed
            refuse(HttpFailure.invalid());
            HttpPort.flush(request);
        }
    }

    private void refuse(HttpFailure failure) {
        stop();
        inFlight.fail(failure);
    }

    private void stop() {
        over = true;
        collected.drop();
        vertx.cancelTimer(timer);
    }

    private HttpFailure tooLarge() {
        return HttpFailure.of(413, "The body is larger than the " + limits.most + " bytes that are allowed here.");
    }

    private static HttpFailure noRoom() {
        return HttpFailure.of(503, "The server holds too many large bodies; try again in a moment.")
                .retryLater();
    }
}
