package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.Invoker;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An actor's link to this provider, as a {@link LinkHandler} gets it.
 *
 * <p>Thread-safe; stubs made by {@link #actor} may be used until the session is closed.
 */
public final class Link {
    private final LinkDefinition definition;
    private final Settings configuration;
    private final Outbound outbound;
    private final Telemetry telemetry;
    private volatile Encoding lastSeen = Encoding.MSGPACK;

    Link(LinkDefinition definition, Settings configuration, Outbound outbound, Telemetry telemetry) {
        this.definition = definition;
        this.configuration = configuration;
        this.outbound = outbound;
        this.telemetry = telemetry;
    }

    /** Makes signed calls with the host's timeout where the options name none. */
    @FunctionalInterface
    interface Outbound {
        CompletionStage<Bytes> call(
                Entity origin, Entity target, String operation, Bytes argument, CallOptions options);

        /** Over a lattice, which may not be there yet. */
        static Outbound over(CompletableFuture<Invoker> invoker, Duration timeout) {
            return (origin, target, operation, argument, options) -> {
                Invoker.Call call = new Invoker.Call(
                        origin,
                        target,
                        operation,
                        argument,
                        options.timeout().orElse(timeout),
                        options.trace().orElseGet(TraceContext::current));
                return invoker.isDone()
                        ? invoker.join().invoke(call)
                        : CompletableFuture.failedFuture(RpcException.of(
                                Code.UNREACHABLE,
                                "nats: the provider has not reached the lattice yet; try again later"));
            };
        }
    }

    /** Public key of the linked actor, {@code M…}. */
    public String actorId() {
        return definition.actorId();
    }

    /** Name of the link, {@code default} unless the operator chose another. */
    public String linkName() {
        return definition.linkName();
    }

    /** The contract that the link is for. */
    public String contractId() {
        return definition.contractId();
    }

    /** The link's values as they were put, secrets included: do not print them. */
    public Map<String, String> values() {
        return definition.values();
    }

    /** The link's values over the provider's start-up configuration. */
    public Settings settings() {
        return Settings.of(definition.values()).over(configuration);
    }

    /** The provider's start-up configuration by itself. */
    public Settings configuration() {
        return configuration;
    }

    /** The W3C {@code traceparent} of the call that this thread is serving, if it has one and that is well-formed. */
    public Optional<String> traceParent() {
        return TraceContext.parent(TraceContext.current());
    }

    /** The actor's side of a contract, called with the host's timeout and the current trace. */
    public <C> C actor(Contract<C> contract) {
        return actor(contract, CallOptions.DEFAULT);
    }

    /** The actor's side of a contract; making one is cheap, so one for each call is fine. */
    public <C> C actor(Contract<C> contract, CallOptions options) {
        return contract.stub(new Caller() {
            @Override
            public CompletionStage<Bytes> call(String operation, Bytes argument) {
                return outbound.call(
                        definition.provider(), Entity.actor(definition.actorId()), operation, argument, options);
            }

            @Override
            public Encoding encoding() {
                return lastSeen;
            }
        });
    }

    /**
     * Reports what the session does beside serving and making calls.
     *
     * @param attributes what all of it has in common, with names from OpenTelemetry's conventions; no secrets
     */
    public Spans spans(Map<String, String> attributes) {
        return new Spans(telemetry, attributes);
    }

    /** The encoding of the actor's latest call, which calls to it use too. */
    Encoding lastSeen() {
        return lastSeen;
    }

    void seen(Encoding encoding) {
        if (encoding != lastSeen) {
            lastSeen = encoding;
        }
    }

    LinkDefinition definition() {
        return definition;
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
