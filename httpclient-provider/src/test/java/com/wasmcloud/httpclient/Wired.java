package com.wasmcloud.httpclient;

import com.wasmcloud.contract.httpclient.HttpClient;
import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.OtlpServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The provider inside this process, with one actor that is linked. */
final class Wired implements AutoCloseable {
    /** Enough for a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(19);

    private final TestHost host;
    private final TestProvider provider;
    private final TestActor actor;
    private final HttpClient client;

    private Wired(NatsServer nats, HostNames.Lookup lookup, String config, Map<String, String> values) {
        host = TestHost.start(nats);
        provider = host.provider(HttpClientContract.INSTANCE)
                .config(config)
                .start(HttpClientProvider.provider(new HttpClientRuntime(lookup)));
        actor = host.actor();
        provider.linkAndAwait(actor, values);
        client = HttpClientContract.INSTANCE.stub((operation, argument) ->
                actor.invocation(provider, operation, argument).within(PATIENCE).send());
    }

    /** With the values of the link. */
    static Wired start(NatsServer nats, String... keysAndValues) {
        return start(nats, InetAddress::getAllByName, keysAndValues);
    }

    /** The same with names of its own. */
    static Wired start(NatsServer nats, HostNames.Lookup lookup, String... keysAndValues) {
        return new Wired(nats, lookup, "{\"provider\":{\"memory_bytes\":33554432}}", values(keysAndValues));
    }

    /** The same for a provider that reports its traces. */
    static Wired traced(NatsServer nats, OtlpServer otlp, String... keysAndValues) {
        String config = "{\"provider\":{\"traces_exporter\":\"otlp\",\"otlp_endpoint\":\"%s\"}}".formatted(otlp.url());
        return new Wired(nats, InetAddress::getAllByName, config, values(keysAndValues));
    }

    private static Map<String, String> values(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("connect_timeout_ms", "15000"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }

    TestProvider provider() {
        return provider;
    }

    TestActor actor() {
        return actor;
    }

    HttpClient client() {
        return client;
    }

    HttpResponse get(String url) {
        return send("GET", url, Map.of(), "");
    }

    HttpResponse send(String method, String url, Map<String, List<String>> headers, String body) {
        return Await.result(client.request(new HttpRequest(method, url, headers, Bytes.utf8(body))));
    }

    @Override
    public void close() {
        host.close();
    }
}
