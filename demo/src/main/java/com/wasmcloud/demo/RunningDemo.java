package com.wasmcloud.demo;

import com.wasmcloud.demo.actor.Counters;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.ProviderSetup;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.S3Process;
import com.wasmcloud.testkit.servers.Server;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All parts of the demo, running: NATS, Redis, S3, a host with an actor, and the providers.
 *
 * <p>Thread-safe. Owns everything it has started; {@link #close} stops it in an orderly way, and the end of the JVM in
 * any way.
 */
final class RunningDemo implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final String[] S3_OPTIONS = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"};

    private final Screen screen;
    private final String address;
    private final RedisServer redis;
    private final NatsServer nats;
    private final S3Process s3;
    private final TestHost host;
    private final TestActor actor;
    private final Map<Part, ProviderKeeper> providers = new EnumMap<>(Part.class);
    private final ActorAtWork work;
    private boolean closed;

    private RunningDemo(DemoOptions options, Screen screen) {
        this.screen = screen;
        this.address = "127.0.0.1:" + options.port();
        CompletableFuture<S3Process> storage = CompletableFuture.supplyAsync(() -> S3Process.start(S3_OPTIONS));
        this.redis = RedisServer.setup().durable().start();
        this.nats = NatsServer.start();
        this.host = TestHost.start(NatsAccess.anonymous(nats.url()), "demo", HostForm.RUST);
        this.actor = host.actor();
        launch(options, Part.KEY_VALUE, Map.of("URL", redis.url()), RunningDemo::keepToItself);
        launch(options, Part.LOG, Map.of("format", "json"), screen::logged);
        launch(options, Part.FETCH, StackFiles.publicInternetAnd(options.fetchNetworks()), RunningDemo::keepToItself);
        launch(options, Part.HTTP, httpLink(options.port()), RunningDemo::keepToItself);
        this.s3 = started(storage);
        launch(options, Part.BLOBS, s3.linkValues(), RunningDemo::keepToItself);
        this.work = ActorAtWork.start(actor, latestStarts(), screen::request);
        providers().forEach(ProviderKeeper::awaitHealthy);
    }

    /**
     * Starts all of it and returns when it serves.
     *
     * @throws IllegalStateException with one sentence, when a part is missing or does not come up
     */
    static RunningDemo start(DemoOptions options, Screen screen) {
        return new RunningDemo(options, screen);
    }

    private void launch(DemoOptions options, Part part, Map<String, String> link, Consumer<String> standardError) {
        ProviderSetup setup = host.provider(part.contract()).link(actor, link).rpcTimeout(Part.CALLS);
        providers.put(part, ProviderKeeper.launch(options.executable(part), setup, standardError));
    }

    /** Scripts of other sites must not use what runs here through the browser of a person who visits them. */
    private Map<String, String> httpLink(int port) {
        String origins = "http://%s,http://localhost:%d".formatted(address, port);
        return Map.of("address", address, "cors.allowed_origins", origins);
    }

    private Map<Part, Supplier<TestProvider>> latestStarts() {
        Map<Part, Supplier<TestProvider>> starts = new EnumMap<>(Part.class);
        providers.forEach((part, keeper) -> starts.put(part, keeper::provider));
        return starts;
    }

    private static void keepToItself(String line) {
        // what a provider logs of itself is not for the demo's window
    }

    private static S3Process started(CompletableFuture<S3Process> storage) {
        try {
            return storage.join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(
                    failure.getCause() == null
                            ? failure.getMessage()
                            : failure.getCause().getMessage(),
                    failure);
        }
    }

    private Collection<ProviderKeeper> providers() {
        return providers.values();
    }

    /** Says what runs where, and what to do with it. */
    void introduce() {
        StringBuilder text = new StringBuilder();
        text.append(row("Redis", redis.url(), redis.pid()));
        text.append(row("S3", s3.url(), s3.pid()));
        text.append(row("NATS", nats.url(), nats.pid()));
        providers().forEach(provider -> text.append(row("provider", provider.name(), provider.pid())));
        text.append("  lattice     %s, host %s%n".formatted(host.lattice(), host.hostKey()));
        text.append("  actor       %s%n".formatted(actor.key()));
        text.append("  HTTP        http://%s%n%n".formatted(address));
        text.append("Look at it:   http://%s in a browser%n".formatted(address));
        text.append("Count:        curl http://%s/api/counter/tea%n".formatted(address));
        text.append("Keep a file:  curl -T README.md http://%s/files/readme%n".formatted(address));
        text.append("Get it back:  curl http://%s/files/readme%n".formatted(address));
        text.append("Fetch a page: curl -d https://example.com http://%s/api/fetch%n".formatted(address));
        text.append("Look inside:  redis-cli -p %d get %s; ls %s%n"
                .formatted(redis.port(), Counters.key("tea"), s3.objects()));
        text.append("Break it:     kill -9 %d (Redis), kill -9 %d (S3), kill -9 %d (NATS), or a provider%n"
                .formatted(redis.pid(), s3.pid(), nats.pid()));
        text.append("Stop it:      Ctrl-C%n%n".formatted());
        screen.print(text.toString());
    }

    private static String row(String what, String where, long pid) {
        return "  %-11s %-43s pid %d%n".formatted(what, where, pid);
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
            look("S3", s3);
            look("NATS", nats);
            providers().forEach(this::look);
        }
        return !closed;
    }

    private void look(String name, Server server) {
        if (server.running()) {
            return;
        }
        screen.say("%s (pid %d) is gone; starting it again on port %d".formatted(name, server.pid(), server.port()));
        try {
            server.restart();
            screen.say("%s is back (pid %d) with the data it had".formatted(name, server.pid()));
        } catch (IllegalStateException notYet) {
            screen.say("%s cannot be started again, trying on: %s".formatted(name, notYet.getMessage()));
        }
    }

    private void look(ProviderKeeper provider) {
        if (!provider.running()) {
            int code = provider.provider().process().awaitExit();
            provider.startAgain();
            screen.say(
                    "%s ended with code %d; started again (pid %d)".formatted(provider.name(), code, provider.pid()));
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        screen.print("%nStopping: the providers, NATS, S3, Redis …%n".formatted());
        CompletableFuture.allOf(providers().stream()
                        .map(provider -> CompletableFuture.runAsync(provider::stop))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        work.close();
        host.close();
        nats.close();
        s3.close();
        redis.close();
        screen.print("Everything is stopped and its files are removed.%n".formatted());
    }
}
