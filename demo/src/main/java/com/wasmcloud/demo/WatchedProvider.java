package com.wasmcloud.demo;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.demo.actor.ProviderStatus;
import com.wasmcloud.demo.actor.ProviderStatus.State;
import com.wasmcloud.provider.Health;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.util.function.Supplier;

/** A provider of which is known how it is, and how often it is called. Thread-safe. */
final class WatchedProvider {
    private final Part part;
    private final Supplier<TestProvider> provider;
    private final CallMeter meter = new CallMeter(System::nanoTime);
    private volatile Sight sight = new Sight(State.SILENT, "");

    private record Sight(State state, String reason) {}

    /**
     * Watches a provider.
     *
     * @param provider its latest start
     */
    WatchedProvider(Part part, Supplier<TestProvider> provider) {
        this.part = part;
        this.provider = provider;
    }

    /** Calls of it that are counted. */
    <S> S calledBy(TestActor actor, Contract<S> contract) {
        return contract.stub((operation, argument) -> {
            meter.called();
            return actor.call(provider.get(), operation, argument).whenComplete((result, failure) -> {
                if (failure != null) {
                    meter.failed();
                }
            });
        });
    }

    /** For calls that it makes. */
    CallMeter meter() {
        return meter;
    }

    /** Asks it how it is, and waits up to two seconds for the answer. */
    void look() {
        sight = sight();
    }

    private Sight sight() {
        try {
            Health health = provider.get().health();
            return health.healthy() ? new Sight(State.HEALTHY, "") : new Sight(State.UNHEALTHY, health.reason());
        } catch (RpcException silence) {
            return new Sight(State.SILENT, "it does not answer");
        } catch (AssertionError | IllegalStateException unusable) {
            return new Sight(State.SILENT, String.valueOf(unusable.getMessage()));
        }
    }

    ProviderStatus status() {
        Sight seen = sight;
        return new ProviderStatus(
                part.module(),
                part.contract().id(),
                seen.state,
                seen.reason,
                provider.get().instanceId(),
                meter.perSecond(),
                meter.calls(),
                meter.failures());
    }
}
