package com.wasmcloud.demo;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.lattice.NatsAccess;
import com.wasmcloud.testkit.HostForm;
import com.wasmcloud.testkit.NatsServer;
import com.wasmcloud.testkit.RedisServer;
import com.wasmcloud.testkit.Server;
import com.wasmcloud.testkit.TestActor;
import com.wasmcloud.testkit.TestHost;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * All parts of the demo, running: NATS, Redis, a host with an actor, and the two providers.
 *
 * <p>Thread-safe. Owns everything it has started; {@link #close} stops it in an orderly way, and the end of the JVM in
 * any way.
 */
final class RunningDemo implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PrintStream out;
    private final String address;
    private final RedisServer redis;
    private final NatsServer nats;
    private final TestHost host;
    private final TestActor actor;
    private final ProviderKeeper keyValue;
    private final ProviderKeeper http;
    private boolean closed;

    private RunningDemo(DemoOptions options, PrintStream out) {
        this.out = out;
        this.address = "127.0.0.1:" + options.port();
        this.redis = RedisServer.setup().durable().start();
        this.nats = NatsServer.start();
        this.host = TestHost.start(NatsAccess.anonymous(nats.url()), "demo", HostForm.RUST);
        this.actor = host.actor();
        this.keyValue = ProviderKeeper.launch(
                options.redisProvider(),
                host.provider(KeyValueContract.INSTANCE).link(actor, Map.of("URL", redis.url())));
        this.http = ProviderKeeper.launch(
                options.httpProvider(),
                host.provider(HttpServerContract.INSTANCE).link(actor, Map.of("address", address)));
        actor.serves(
                HttpServerContract.INSTANCE,
                new CounterActor(actor.calling(keyValue.provider(), KeyValueContract.INSTANCE), this::print));
        keyValue.awaitHealthy();
        http.awaitHealthy();
    }

    /**
     * Starts all of it and returns when it serves.
     *
     * @throws IllegalStateException with one sentence, when a part is missing or does not come up
     */
    static RunningDemo start(DemoOptions options, PrintStream out) {
        return new RunningDemo(options, out);
    }

    /** Says what runs where, and what to do with it. */
    void introduce() {
        out.printf("  Redis       %-43s pid %d%n", redis.url(), redis.pid());
        out.printf("  NATS        %-43s pid %d%n", nats.url(), nats.pid());
        out.printf("  lattice     %s, host %s%n", host.lattice(), host.hostKey());
        out.printf("  provider    %-43s pid %d%n", keyValue.name(), keyValue.pid());
        out.printf("              %s%n", keyValue.provider().key());
        out.printf("  provider    %-43s pid %d%n", http.name(), http.pid());
        out.printf("              %s%n", http.provider().key());
        out.printf("  actor       %s%n", actor.key());
        out.printf("  HTTP        http://%s%n%n", address);
        out.printf("Count:        curl http://%s/api/counter/tea%n", address);
        out.printf("Look inside:  redis-cli -p %d get %s%n", redis.port(), CounterActor.key("tea"));
        out.printf("Break it:     kill -9 %d (Redis), kill -9 %d (NATS), or a provider%n", redis.pid(), nats.pid());
        out.printf("Stop it:      Ctrl-C%n%n");
        out.flush();
    }

    /** Starts again what ends, until closed. */
    void watch() throws InterruptedException {
        while (startAgainWhatEnded()) {
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** False once closed. */
    private synchronized boolean startAgainWhatEnded() {
        if (!closed) {
            look("Redis", redis);
            look("NATS", nats);
            List.of(keyValue, http).forEach(this::look);
        }
        return !closed;
    }

    private void look(String name, Server server) {
        if (server.running()) {
            return;
        }
        say("%s (pid %d) is gone; starting it again on port %d".formatted(name, server.pid(), server.port()));
        try {
            server.restart();
            say("%s is back (pid %d) with the data it had".formatted(name, server.pid()));
        } catch (IllegalStateException notYet) {
            say("%s cannot be started again, trying on: %s".formatted(name, notYet.getMessage()));
        }
    }

    private void look(ProviderKeeper provider) {
        if (!provider.running()) {
            int code = provider.provider().process().awaitExit();
            provider.startAgain();
            say("%s ended with code %d; started again (pid %d)".formatted(provider.name(), code, provider.pid()));
        }
    }

    private void print(HttpRequest request, HttpResponse response, Duration took) {
        String line = "%s %s  %d  %s  %.1f ms"
                .formatted(
                        request.method(),
                        request.path(),
                        response.statusCode(),
                        response.body().toUtf8().strip(),
                        took.toNanos() / 1e6);
        // a path may hold anything, and a terminal obeys control characters
        say(line.replaceAll("\\p{Cntrl}", "?"));
    }

    private void say(String line) {
        LocalTime now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        out.printf(Locale.ROOT, "%tT  %s%n", now, line);
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        out.printf("%nStopping: httpserver, keyvalue, NATS, Redis …%n");
        CompletableFuture<Void> last = CompletableFuture.runAsync(keyValue::stop);
        http.stop();
        last.join();
        host.close();
        nats.close();
        redis.close();
        out.printf("Everything is stopped and its files are removed.%n");
        out.flush();
    }
}
