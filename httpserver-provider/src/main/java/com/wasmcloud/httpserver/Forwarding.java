package com.wasmcloud.httpserver;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether an actor is told where a request comes from, in the headers {@code x-forwarded-for}, {@code -proto}, {@code -host}. */
enum Forwarding {
    /** Nothing is added, and what the client says of it goes on like any header. */
    OFF,
    /** What the client says of it is replaced: for a listener that clients reach themselves. */
    SET,
    /** Our side is added to what is there: for a listener behind a proxy that clients cannot go around. */
    APPEND;

    private static final String FOR = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final String HOST = "x-forwarded-host";

    static Forwarding parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "off" -> OFF;
            case "set" -> SET;
            case "append" -> APPEND;
            default -> throw new IllegalArgumentException("must be off, set or append");
        };
    }

    /** Changes the headers that an actor gets. */
    void apply(HttpServerRequest request, Map<String, List<String>> headers) {
        if (this == OFF) {
            return;
        }
        String client = request.remoteAddress().hostAddress();
        String proto = request.isSSL() ? "https" : "http";
        List<String> host = headers.getOrDefault("host", List.of());
        if (this == SET) {
            headers.put(FOR, List.of(client));
            headers.put(PROTO, List.of(proto));
            headers.remove(HOST);
            headers.remove("forwarded");
        } else {
            List<String> before = headers.getOrDefault(FOR, List.of());
            headers.put(FOR, List.of(before.isEmpty() ? client : String.join(", ", before) + ", " + client));
            headers.putIfAbsent(PROTO, List.of(proto));
        }
        if (!host.isEmpty()) {
            headers.putIfAbsent(HOST, host);
        }
    }
}
