package com.wasmcloud.httpserver;

import com.wasmcloud.contract.rpc.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.handler.HttpException;
import java.util.Arrays;

/**
 * The body of one request, as far as it has arrived. It never holds more than twice of what has arrived, whatever the
 * client announces. Used on the request's event loop.
 */
final class RequestBody {
    private static final int MOST_TRUSTED_ANNOUNCEMENT = 64 * 1024;

    private final int limit;
    private final long announced;
    private final Promise<Bytes> whole = Promise.promise();
    private byte[] bytes = new byte[0];
    private int size;

    private RequestBody(int limit, long announced) {
        this.limit = limit;
        this.announced = announced;
    }

    /**
     * Reads the body. The future fails with {@link HttpException} 413 when it is larger than the limit, and with
     * something else when the client goes away.
     *
     * @param limit in bytes
     */
    static Future<Bytes> read(HttpServerRequest request, int limit) {
        RequestBody body = new RequestBody(limit, announced(request));
        if (body.announced > limit) {
            return Future.failedFuture(body.tooLarge());
        }
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        request.handler(body::add);
        request.endHandler(end -> body.whole.tryComplete(Bytes.wrap(body.bytes, 0, body.size)));
        request.exceptionHandler(body.whole::tryFail);
        return body.whole.future();
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

    private void add(Buffer part) {
        if (whole.future().isComplete()) {
            return; // refused, or the client has gone: what still comes is dropped
        }
        int length = part.length();
        if (length > limit - size) {
            bytes = new byte[0];
            whole.tryFail(tooLarge());
            return;
        }
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, capacityFor(size + length));
        }
        part.getBytes(0, length, bytes, size);
        size += length;
    }

    private int capacityFor(int needed) {
        if (announced >= needed && announced <= MOST_TRUSTED_ANNOUNCEMENT) {
            return (int) announced;
        }
        long doubled = Math.max(needed, 2L * bytes.length);
        return (int) Math.min(doubled, announced >= needed ? announced : limit);
    }

    private HttpException tooLarge() {
        return new HttpException(413, "The body is larger than the " + limit + " bytes that are allowed here.");
    }
}
