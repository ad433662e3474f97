package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.httpserver.handlers.InFlight;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Collects the body of a request before the next handler runs. Thread-safe. */
public final class WholeBody implements Handler<RoutingContext> {
    private static final String KEY = "body";

    private final BodyReader.Limits limits;

    /**
     * @param most in bytes
     * @param patience how long the first 32 KiB may take, and every 32 KiB after them
     */
    public WholeBody(int most, Duration patience) {
        this.limits = new BodyReader.Limits(most, patience);
    }

    /** That of a request which has passed this handler. */
    static Bytes of(RoutingContext routing) {
        Bytes body = routing.get(KEY);
        return body == null ? Bytes.EMPTY : body;
    }

    @Override
    public void handle(RoutingContext routing) {
        if (hasBody(routing.request())) {
            BodyReader.read(routing.request(), InFlight.of(routing), limits, body -> {
                routing.put(KEY, body);
                routing.next();
            });
        } else {
            routing.next();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || isOpenStream(request)
                : !length.equals("0");
    }

    /** In HTTP/2 a body needs no announcement. */
    private static boolean isOpenStream(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 && !request.isEnded();
    }
}
