package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.InMemoryKeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CounterActorTest {
    private final KeyValue store = new InMemoryKeyValue();
    private final List<String> seen = new ArrayList<>();

    @Test
    void countsEveryNameByItself() {
        assertThat(text(ask(store, "GET", "/api/counter/tea"))).isEqualTo("200 {\"counter\":1}");
        assertThat(text(ask(store, "GET", "/api/counter/tea"))).isEqualTo("200 {\"counter\":2}");
        assertThat(text(ask(store, "GET", "/api/counter/milk"))).isEqualTo("200 {\"counter\":1}");

        assertThat(Await.result(store.get("counter:tea")).value()).isEqualTo("2");
        assertThat(seen).containsExactly("/api/counter/tea 200", "/api/counter/tea 200", "/api/counter/milk 200");
    }

    @Test
    void tellsWhatThereIsWhenAskedForSomethingElse() {
        String help = "404 {\"error\":\"there is nothing here; try GET /api/counter/NAME, with any name\"}";

        assertThat(text(ask(store, "GET", "/"))).isEqualTo(help);
        assertThat(text(ask(store, "GET", "/api/counter/"))).isEqualTo(help);
        assertThat(text(ask(store, "GET", "/api/counter/a/b"))).isEqualTo(help);
        assertThat(text(ask(store, "POST", "/api/counter/tea"))).isEqualTo(help);
    }

    @Test
    void tellsFromAFailedCallWhetherTheProviderOrTheWayToItFailed() {
        assertThat(text(ask(failing(RpcException.timeout("no answer")), "GET", "/api/counter/tea")))
                .isEqualTo("503 {\"error\":\"timeout: no answer\"}");
        assertThat(text(ask(
                        failing(RpcException.of(RpcException.Code.REMOTE, "redis error: no \"number\"")),
                        "GET",
                        "/api/counter/tea")))
                .isEqualTo("500 {\"error\":\"redis error: no \\\"number\\\"\"}");
    }

    private static KeyValue failing(RpcException failure) {
        return KeyValueContract.INSTANCE.stub((operation, argument) -> CompletableFuture.failedFuture(failure));
    }

    private HttpResponse ask(KeyValue keyValue, String method, String path) {
        CounterActor actor = new CounterActor(
                keyValue, (request, response, took) -> seen.add(request.path() + " " + response.statusCode()));
        return Await.result(actor.handleRequest(new HttpRequest(method, path, "", Map.of(), Bytes.EMPTY)));
    }

    private static String text(HttpResponse response) {
        return response.statusCode() + " " + response.body().toUtf8().strip();
    }
}
