package com.wasmcloud.demo;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.lattice.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts how often each {@code /api/counter/NAME} was asked for, in a key-value store. Thread-safe; owns nothing. */
final class CounterActor implements HttpServer {
    private static final Pattern COUNTER = Pattern.compile("/api/counter/([^/]+)");
    private static final String HELP = "there is nothing here; try GET /api/counter/NAME, with any name";
    private static final Map<String, List<String>> HEADERS = Map.of("content-type", List.of("application/json"));

    private final KeyValue keyValue;
    private final Witness witness;

    /** Sees every request and its answer. */
    interface Witness {
        void answered(HttpRequest request, HttpResponse response, Duration took);
    }

    CounterActor(KeyValue keyValue, Witness witness) {
        this.keyValue = keyValue;
        this.witness = witness;
    }

    @Override
    public CompletionStage<HttpResponse> handleRequest(HttpRequest request) {
        long begin = System.nanoTime();
        return answer(request).thenApply(response -> {
            witness.answered(request, response, Duration.ofNanos(System.nanoTime() - begin));
            return response;
        });
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        Matcher counter = COUNTER.matcher(request.path());
        if (!counter.matches() || !request.method().equals("GET")) {
            return CompletableFuture.completedFuture(response(404, Map.of("error", HELP)));
        }
        return CompletableFuture.completedFuture(new IncrementRequest(key(counter.group(1)), 1))
                .thenCompose(keyValue::increment)
                .thenApply(count -> response(200, Map.of("counter", count)))
                .exceptionally(CounterActor::failure);
    }

    /** The key that a counter is kept under. */
    static String key(String name) {
        return "counter:" + name;
    }

    private static HttpResponse failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return response(status(cause), Map.of("error", String.valueOf(cause.getMessage())));
    }

    private static int status(Throwable cause) {
        if (!(cause instanceof RpcException rpc)) {
            return 500;
        }
        return switch (rpc.code()) {
            case TIMEOUT, UNREACHABLE, OVERLOADED, BACKEND -> 503;
            default -> 500;
        };
    }

    private static HttpResponse response(int status, Map<String, ?> body) {
        return new HttpResponse(status, HEADERS, Bytes.utf8(Json.write(body) + "\n"));
    }
}
