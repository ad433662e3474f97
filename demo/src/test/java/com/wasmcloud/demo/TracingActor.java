package com.wasmcloud.demo;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.host.ActorHandler;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An actor that answers HTTP requests with what a key-value store holds, in a host that takes part in traces: the host has
 * a span of its own, whose parent is the caller's, and the actor's own calls are parts of it.
 */
final class TracingActor implements ActorHandler {
    /** The id of the host's span. */
    static final String SPAN = "00f067aa0ba902b7";

    private final TestActor actor;
    private final TestProvider keyValue;
    private volatile Map<String, String> received = Map.of();

    TracingActor(TestActor actor, TestProvider keyValue) {
        this.actor = actor;
        this.keyValue = keyValue;
    }

    /** The trace context of the latest call. */
    Map<String, String> received() {
        return received;
    }

    @Override
    public CompletionStage<Bytes> call(String operation, Bytes argument) {
        return CompletableFuture.failedFuture(new AssertionError("the host knows the trace context"));
    }

    @Override
    public CompletionStage<Bytes> call(String operation, Bytes argument, Map<String, String> trace) {
        received = trace;
        String[] parent = trace.getOrDefault("traceparent", "").split("-", -1);
        Map<String, String> own = parent.length == 4
                ? Map.of("traceparent", "00-%s-%s-%s".formatted(parent[1], SPAN, parent[3]))
                : Map.of();
        HttpServer server = request -> KeyValueContract.INSTANCE
                .stub((name, bytes) ->
                        actor.invocation(keyValue, name, bytes).traced(own).send())
                .get(request.path())
                .thenApply(answer ->
                        new HttpResponse(200, Map.of(), Bytes.utf8(answer.exists() ? answer.value() : "none")));
        return HttpServerContract.INSTANCE.invoke(server, operation, argument, Encoding.MSGPACK);
    }
}
