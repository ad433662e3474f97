package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.rpc.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * The body of a response on its way to the client. A large one is sent in pieces that are made as the client reads: it is
 * not copied as a whole, and the progress of a slow client can be seen. Used on the response's event loop.
 */
final class ResponseBody {
    private static final int PIECE = 128 * 1024;

    private final HttpServerResponse response;
    private final Bytes body;
    private final Promise<Void> sent = Promise.promise();
    private int at;

    private ResponseBody(HttpServerResponse response, Bytes body) {
        this.response = response;
        this.body = body;
    }

    /** Sends a body and the end of the response; completes when the client's system has it. */
    static Future<Void> send(HttpServerResponse response, Bytes body) {
        if (body.isEmpty()) {
            return response.end();
        }
        if (body.size() <= PIECE) {
            return response.end(Buffer.buffer(body.size()).appendBytes(body.array(), body.offset(), body.size()));
        }
        response.putHeader("content-length", Integer.toString(body.size()));
        ResponseBody sending = new ResponseBody(response, body);
        response.exceptionHandler(sending.sent::tryFail);
        response.closeHandler(closed -> sending.sent.tryFail("the client is gone"));
        response.drainHandler(drained -> sending.sendWhatFits());
        sending.sendWhatFits();
        return sending.sent.future();
    }

    private void sendWhatFits() {
        while (at < body.size() && !response.writeQueueFull()) {
            int length = Math.min(PIECE, body.size() - at);
            Buffer piece = Buffer.buffer(length).appendBytes(body.array(), body.offset() + at, length);
            at += length;
            if (at < body.size()) {
                response.write(piece);
            } else {
                response.end(piece).onComplete(end -> {
                    if (end.succeeded()) {
                        sent.tryComplete();
                    } else {
                        sent.tryFail(end.cause());
                    }
                });
            }
        }
    }
}
