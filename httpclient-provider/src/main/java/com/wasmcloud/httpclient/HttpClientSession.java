package com.wasmcloud.httpclient;

import com.wasmcloud.contract.httpclient.HttpClient;
import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.httpclient.access.Addresses;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The contract {@code wasmcloud:httpclient} for one link. Its health is that of its TLS files and its proxy: the servers that an
 * actor asks are the actor's business.
 *
 * <p>Thread-safe. Owns the client of the link, and closes it.
 */
final class HttpClientSession implements HttpClient, HealthReporter {
    private final HttpClientSettings settings;
    private final LinkClient client;
    private final Optional<ProxyReach> proxy;
    private final Fetch.Means means;

    private HttpClientSession(Link link, HttpClientSettings settings, LinkClient client, HttpClientRuntime runtime) {
        this.settings = settings;
        this.client = client;
        Addresses addresses = new Addresses(settings.access(), runtime.names());
        this.proxy = settings.proxy()
                .map(server ->
                        ProxyReach.start(server, addresses, settings.timeouts().connect(), runtime.background()));
        this.means = new Fetch.Means(
                settings,
                client,
                addresses,
                proxy,
                runtime.background(),
                link.memory(),
                link.spans(Map.of("wasmcloud.actor", link.peer())));
    }

    /**
     * Opens a link; connects to nothing but the proxy.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException when files that settings name cannot be used
     */
    static HttpClientSession open(Link link, HttpClientSettings settings, HttpClientRuntime runtime) {
        return new HttpClientSession(link, settings, LinkClient.open(settings, runtime), runtime);
    }

    @Override
    public CompletionStage<HttpResponse> request(HttpRequest request) {
        if (request.body().size() > settings.limits().requestBytes()) {
            throw RpcException.invalidArgument("the body has " + request.body().size()
                    + " bytes, and max_request_bytes is " + settings.limits().requestBytes());
        }
        Outgoing first = Outgoing.of(
                request.method(),
                request.url(),
                request.headers(),
                request.body(),
                settings.manners().decompress());
        return new Fetch(means, first)
                .start()
                .thenApply(response -> new HttpResponse(response.status(), response.header(), response.body()));
    }

    @Override
    public Health health() {
        Health tls = client.health();
        return tls.healthy() ? proxy.map(ProxyReach::health).orElse(tls) : tls;
    }

    @Override
    public void close() {
        proxy.ifPresent(ProxyReach::close);
        client.close();
    }
}
