package com.wasmcloud.testkit.verify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wasmcloud.testkit.servers.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What actors ask through a {@code wasmcloud:httpclient} provider: a server that answers with what it has got, or as the path
 * says. Listens on a free port of 127.0.0.1 from when its address is first asked for until the process ends. Thread-safe.
 */
final class WebServer {
    static final String STATUS = "/status/";
    static final String BYTES = "/bytes/";
    static final String REDIRECT = "/redirect";

    private static final int WAITING = 512;
    private static final int THREADS = 16;

    private @Nullable String url;

    /** Its address, without a slash at the end. */
    synchronized String url() {
        String known = url;
        if (known == null) {
            known = "http://127.0.0.1:" + started().getAddress().getPort();
            url = known;
        }
        return known;
    }

    /** An address that nobody listens on. */
    static String nowhere() {
        return "http://127.0.0.1:" + Ports.free();
    }

    /** The body below {@link #BYTES} and its size. */
    static byte[] bytes(int size) {
        return "b".repeat(size).getBytes(StandardCharsets.US_ASCII);
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WAITING);
            server.createContext("/", WebServer::answer);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "web server of the check");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            Thread starter = new Thread(server::start); // the server's own thread is a daemon if this one is
            starter.setDaemon(true);
            starter.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1 for the requests of the provider", failure);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            exchange.getResponseHeaders().put("X-Twice", List.of("one", "two"));
            exchange.getResponseHeaders().set("X-Method", exchange.getRequestMethod());
            exchange.getResponseHeaders()
                    .set("X-Target", exchange.getRequestURI().toString());
            exchange.getResponseHeaders()
                    .put("X-Got-Test", exchange.getRequestHeaders().getOrDefault("X-Test", List.of()));
            if (path.startsWith(STATUS)) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(STATUS.length())), -1);
            } else if (path.equals(REDIRECT)) {
                exchange.getResponseHeaders().set("Location", "/target");
                exchange.sendResponseHeaders(302, -1);
            } else {
                byte[] body = path.startsWith(BYTES) ? bytes(Integer.parseInt(path.substring(BYTES.length()))) : sent;
                // in pieces and without a length, so that the headers have the same size whatever the body has
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }
}
