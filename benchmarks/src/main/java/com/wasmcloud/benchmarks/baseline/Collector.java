package com.wasmcloud.benchmarks.baseline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Takes what providers report over OTLP, and throws it away. */
public final class Collector {
    private Collector() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, port
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[2]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/", Collector::take);
        server.start();
        new Member(arguments[0]).serve(arguments[1], call -> {});
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
