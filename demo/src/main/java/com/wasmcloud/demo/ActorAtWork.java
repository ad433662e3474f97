package com.wasmcloud.demo;

import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.demo.actor.Capabilities;
import com.wasmcloud.demo.actor.DemoActor;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The actor as its host runs it: it serves, the calls between it and the providers are counted, and each provider is asked
 * once a second how it is. Thread-safe. Owns the threads that ask.
 */
final class ActorAtWork implements AutoCloseable {
    private final ScheduledExecutorService clock;

    private ActorAtWork(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /**
     * Puts it to work.
     *
     * @param providers the latest start of each
     * @param witness sees each request but those that an open page makes all the time
     */
    static ActorAtWork start(TestActor actor, Map<Part, Supplier<TestProvider>> providers, DemoActor.Witness witness) {
        Map<Part, WatchedProvider> watched = new EnumMap<>(Part.class);
        providers.forEach((part, provider) -> watched.put(part, new WatchedProvider(part, provider)));
        ScheduledExecutorService clock =
                Executors.newScheduledThreadPool(watched.size(), Threads.daemons("health-of-providers"));
        for (WatchedProvider provider : watched.values()) {
            // nobody waits for it: it goes on until the clock is stopped
            Future<?> unused = clock.scheduleWithFixedDelay(provider::look, 0, 1, TimeUnit.SECONDS);
        }
        actor.serves(HttpServerContract.INSTANCE, actor(actor, watched, witness));
        return new ActorAtWork(clock);
    }

    private static DemoActor actor(TestActor actor, Map<Part, WatchedProvider> watched, DemoActor.Witness witness) {
        CallMeter requests = watched(watched, Part.HTTP).meter();
        Capabilities capabilities = new Capabilities(
                watched(watched, Part.KEY_VALUE).calledBy(actor, KeyValueContract.INSTANCE),
                watched(watched, Part.BLOBS).calledBy(actor, BlobstoreContract.INSTANCE),
                watched(watched, Part.LOG).calledBy(actor, LoggingContract.LEGACY),
                watched(watched, Part.FETCH).calledBy(actor, HttpClientContract.INSTANCE));
        return new DemoActor(
                capabilities,
                () -> watched.values().stream().map(WatchedProvider::status).toList(),
                (request, response, took) -> {
                    requests.called();
                    if (response.statusCode() >= 500) {
                        requests.failed();
                    }
                    if (!DemoActor.isRoutine(request)) {
                        witness.answered(request, response, took);
                    }
                });
    }

    private static WatchedProvider watched(Map<Part, WatchedProvider> watched, Part part) {
        WatchedProvider found = watched.get(part);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the actor needs a provider of " + part.contract().id());
        }
        return found;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
