package com.wasmcloud.benchmarks.soak;

import com.wasmcloud.benchmarks.candidate.FreePort;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code wasmcloud:httpserver} with an actor that sends bodies back. */
record HttpUnderLoad(TestProvider provider, HttpClient client, URI uri) implements ProviderUnderLoad, HttpServer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] NO_BODY = {};
    private static final byte[] BODY = noise(200_000);
    private static final byte[] LARGE = noise(300_000);

    static HttpUnderLoad start(Servers servers, Path executable) throws IOException {
        TestActor actor = servers.host().actor();
        int port = FreePort.find();
        TestProvider provider = servers.host()
                .provider(HttpServerContract.INSTANCE)
                .link(actor, Map.of("address", "127.0.0.1:" + port))
                .start(executable);
        HttpUnderLoad all = new HttpUnderLoad(
                provider,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                URI.create("http://127.0.0.1:%d/soak?q=1".formatted(port)));
        actor.serves(HttpServerContract.INSTANCE, all);
        provider.awaitHealthy();
        return all;
    }

    /** The actor. */
    @Override
    public CompletionStage<HttpResponse> handleRequest(HttpRequest request) {
        return CompletableFuture.completedFuture(
                new HttpResponse(200, Map.of("content-type", List.of("application/octet-stream")), request.body()));
    }

    @Override
    public String name() {
        return "httpserver";
    }

    @Override
    public List<Traffic> ordinary(int percent) {
        return List.of(
                Traffic.steady("http GET", 4, 3.0 * percent, (caller, number) -> exchange("GET", NO_BODY)),
                Traffic.steady("http POST", 2, 0.12 * percent, (caller, number) -> exchange("POST", BODY)));
    }

    @Override
    public Traffic large() {
        return Traffic.busy("60 POSTs of 300 KB at once", 60, (caller, number) -> exchange("POST", LARGE));
    }

    private void exchange(String method, byte[] body) throws IOException, InterruptedException {
        java.net.http.HttpResponse<byte[]> response = client.send(
                java.net.http.HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .method(method, java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("status " + response.statusCode());
        }
        if (!Arrays.equals(body, response.body())) {
            throw new IllegalStateException("another body came back");
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
