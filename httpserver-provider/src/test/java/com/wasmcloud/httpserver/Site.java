package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A lattice with a provider and an actor, which is linked to {@link #port()}, answers {@code hello} unless it is told
 * otherwise, and remembers what it was asked. For one test, which closes it.
 */
final class Site implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final TestHost host;
    private final TestProvider provider;
    private final TestActor actor;
    private final int port = Ports.free();
    private final BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();
    private volatile HttpServer behaviour = request -> CompletableFuture.completedFuture(response(200, "hello"));

    private Site(NatsServer nats, HttpServices services) {
        host = TestHost.start(nats);
        provider = host.provider(HttpServerContract.INSTANCE).start(HttpServerProvider.provider(services));
        actor = host.actor();
        actor.serves(HttpServerContract.INSTANCE, this::answer);
    }

    /** With the actor linked, and the port bound. */
    static Site open(NatsServer nats) {
        return open(nats, Map.of());
    }

    /** With more values in the link than the address. */
    static Site open(NatsServer nats, Map<String, String> values) {
        return open(nats, values, HttpServices.ofProcess());
    }

    /** With services of its own. */
    static Site open(NatsServer nats, Map<String, String> values, HttpServices services) {
        Site site = new Site(nats, services);
        site.link(values);
        site.provider.awaitHealthy();
        return site;
    }

    /** With no link yet. */
    static Site unlinked(NatsServer nats) {
        return new Site(nats, HttpServices.ofProcess());
    }

    void link(Map<String, String> values) {
        link(actor, values);
    }

    /** Links an actor to the address, with more values. */
    void link(TestActor linked, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("address", "127.0.0.1:" + port));
        all.putAll(values);
        provider.linkAndAwait(linked, all);
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        seen.add(request);
        return behaviour.handleRequest(request);
    }

    /** Has the actor behave in another way from now on. */
    void actorDoes(HttpServer other) {
        behaviour = other;
    }

    /** Has the actor give one answer from now on. */
    void actorAnswers(HttpResponse response) {
        behaviour = request -> CompletableFuture.completedFuture(response);
    }

    /** An answer of 200 that takes its time. */
    static CompletionStage<HttpResponse> later(Vertx vertx, long millis, String body) {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        vertx.setTimer(millis, timer -> answer.complete(response(200, body)));
        return answer;
    }

    static HttpResponse response(int status, String body) {
        return new HttpResponse(status, Map.of(), Bytes.utf8(body));
    }

    static HttpResponse response(int status, Map<String, List<String>> header, String body) {
        return new HttpResponse(status, header, Bytes.utf8(body));
    }

    /** The next request that the actor has got. */
    HttpRequest seen() {
        Await.until("the actor has been asked", () -> !seen.isEmpty());
        return seen.remove();
    }

    boolean wasAsked() {
        return !seen.isEmpty();
    }

    int port() {
        return port;
    }

    TestHost host() {
        return host;
    }

    TestProvider provider() {
        return provider;
    }

    TestActor actor() {
        return actor;
    }

    Vertx vertx() {
        return vertx;
    }

    /** A client of the port, which does not follow redirects and adds no {@code user-agent}. */
    WebClient client() {
        return client(new WebClientOptions());
    }

    WebClient client(WebClientOptions options) {
        return WebClient.create(
                vertx,
                options.setDefaultHost("127.0.0.1")
                        .setDefaultPort(port)
                        .setFollowRedirects(false)
                        .setUserAgentEnabled(false));
    }

    RawClient rawClient() {
        return RawClient.connect(port);
    }

    static <T> T await(Future<T> future) {
        return Await.result(future.toCompletionStage());
    }

    @Override
    public void close() {
        host.close();
        Await.result(vertx.close().toCompletionStage());
    }
}
