package com.wasmcloud.contract.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Loopback;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpServerRoundTripTest {
    @Test
    void aRequestGoesToTheActorAndItsResponseComesBack() {
        HttpRequest request = new HttpRequest(
                "PUT", "/a%20b", "x=1", Map.of("accept", List.of("a", "b"), "empty", List.of()), Bytes.utf8("in"));
        HttpResponse response = new HttpResponse(201, Map.of("location", List.of("/c")), Bytes.utf8("out"));
        HttpServer actor = received -> {
            assertThat(received).isEqualTo(request);
            return CompletableFuture.completedFuture(response);
        };
        HttpServer stub =
                HttpServerContract.INSTANCE.stub(new Loopback<>(HttpServerContract.INSTANCE, actor, Encoding.MSGPACK));
        assertThat(stub.handleRequest(request)).isCompletedWithValue(response);
        assertThat(HttpServerContract.INSTANCE.id()).isEqualTo("wasmcloud:httpserver");
    }
}
