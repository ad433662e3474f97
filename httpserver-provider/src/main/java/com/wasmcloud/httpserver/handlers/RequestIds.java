package com.wasmcloud.httpserver.handlers;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an ID in a header, for the application and for the client: the client's own if it sends one that is
 * safe in a header and a log. Thread-safe.
 */
public final class RequestIds implements Handler<RoutingContext> {
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private final String header;

    /**
     * @param header in lower case
     */
    public RequestIds(String header) {
        this.header = header;
    }

    @Override
    public void handle(RoutingContext routing) {
        String id = id(routing.request().getHeader(header));
        routing.request().headers().set(header, id);
        routing.addHeadersEndHandler(end -> routing.response().putHeader(header, id));
        routing.next();
    }

    private static String id(@Nullable String given) {
        if (given != null && USABLE.matcher(given).matches()) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
