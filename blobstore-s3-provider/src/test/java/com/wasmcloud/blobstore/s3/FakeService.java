package com.wasmcloud.blobstore.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wasmcloud.contract.rpc.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server that answers whatever a test wants. Closing it drops every connection. */
final class FakeService implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** A request as it came. */
    record Request(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    /**
     * An answer.
     *
     * @param length what is announced, whatever there is; chunks when it is 0, no body when it is -1
     * @param afterwards what is done before the exchange is closed
     */
    record Answer(int status, Map<String, String> headers, Bytes body, long length, Runnable afterwards) {
        static Answer of(int status, String body) {
            return new Answer(
                    status,
                    Map.of("Content-Type", "application/xml"),
                    Bytes.utf8(body),
                    body.isEmpty() ? -1 : Bytes.utf8(body).size(),
                    () -> {});
        }
    }

    private FakeService(Function<Request, Answer> behaviour) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, behaviour));
        server.start();
    }

    static FakeService answering(Function<Request, Answer> behaviour) {
        return new FakeService(behaviour);
    }

    private void answer(HttpExchange exchange, Function<Request, Answer> behaviour) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = behaviour.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), request.method().equals("HEAD") ? -1 : answer.length());
            if (answer.length() >= 0) {
                exchange.getResponseBody().write(answer.body().toByteArray());
                exchange.getResponseBody().flush();
            }
            answer.afterwards().run();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
