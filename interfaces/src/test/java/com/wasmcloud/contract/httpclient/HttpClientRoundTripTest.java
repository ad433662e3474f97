package com.wasmcloud.contract.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Loopback;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpClientRoundTripTest {
    @Test
    void aRequestGoesToTheProviderAndItsResponseComesBack() {
        HttpRequest request = new HttpRequest(
                "PUT", "http://h/a?b", Map.of("accept", List.of("a", "b"), "empty", List.of()), Bytes.utf8("in"));
        HttpResponse response = new HttpResponse(201, Map.of("set-cookie", List.of("a", "b")), Bytes.utf8("out"));
        HttpClient provider = received -> {
            assertThat(received).isEqualTo(request);
            return CompletableFuture.completedFuture(response);
        };
        HttpClient stub = HttpClientContract.INSTANCE.stub(
                new Loopback<>(HttpClientContract.INSTANCE, provider, Encoding.MSGPACK));
        assertThat(stub.request(request)).isCompletedWithValue(response);
        assertThat(HttpClientContract.INSTANCE.id()).isEqualTo("wasmcloud:httpclient");
    }
}
