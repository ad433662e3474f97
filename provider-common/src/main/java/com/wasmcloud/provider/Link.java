package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A peer's link to this provider, as a {@link LinkHandler} gets it.
 *
 * <p>Thread-safe; what {@link #actor} gives may be used until the session is closed.
 */
public final class Link {
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9]{1,32}");

    private final LinkKey key;
    private final String contractId;
    private final Map<String, String> values;
    private final FarSide farSide;
    private final Shared shared;
    private final Budget.Share slots;
    private final Budget.Share memory;
    private final AtomicInteger kept = new AtomicInteger();
    private volatile boolean released;

    /**
     * What the links of a process have in common.
     *
     * @param configuration the provider configuration without the library's own settings
     * @param structuredLogging whether the host wants logs as JSON
     * @param slots calls in flight
     * @param memory bytes that wait
     */
    record Shared(Sources configuration, boolean structuredLogging, Budget slots, Budget memory, Telemetry telemetry) {}

    Link(LinkKey key, String contractId, Map<String, String> values, FarSide farSide, Shared shared) {
        this.key = key;
        this.contractId = contractId;
        this.values = Map.copyOf(values);
        this.farSide = farSide;
        this.shared = shared;
        this.slots = shared.slots.share();
        this.memory = shared.memory.share();
    }

    /** Who is linked: the public key of an actor, {@code M…}. */
    public String peer() {
        return key.peer();
    }

    /** Name of the link, {@code default} unless the operator chose another. */
    public String name() {
        return key.name();
    }

    /** The contract that the link is for. */
    public String contractId() {
        return contractId;
    }

    /** The link's values as they were put, secrets included: do not print them. */
    public Map<String, String> values() {
        return values;
    }

    /** The link's values over the provider configuration. */
    public Sources settings() {
        return Sources.ofLink(values).over(shared.configuration);
    }

    /** The provider configuration alone. */
    public Sources configuration() {
        return shared.configuration;
    }

    /** Whether the host wants the logs of its providers as JSON. */
    public boolean structuredLogging() {
        return shared.structuredLogging;
    }

    /** The W3C {@code traceparent} of the call that this thread is serving, if it has one and that is well-formed. */
    public Optional<String> traceParent() {
        return TraceContext.parent(TraceContext.current());
    }

    /** The peer's side of a contract, called with the host's timeout and the current trace. */
    public <C> C actor(Contract<C> contract) {
        return actor(contract, CallOptions.DEFAULT);
    }

    /** The peer's side of a contract; making one is cheap, so one for each call is fine. */
    public <C> C actor(Contract<C> contract, CallOptions options) {
        return farSide.as(contract, options, memory);
    }

    /**
     * What this process is called among the instances of the provider, which share the calls of a link: some letters and
     * digits. It belongs into the id of whatever the peer begins here and goes on with in later calls, so that an instance
     * that gets one of these can hand it over by {@link #at}.
     */
    public String instance() {
        return farSide.instance();
    }

    /**
     * The same link at another instance of this provider, for a call of the peer that only that one can serve. Calls fail with
     * code UNREACHABLE when there is no such instance any more.
     *
     * @param instance what {@link #instance} gave there; from the peer, and so anything but to be trusted
     * @throws IllegalArgumentException when it cannot be the name of an instance
     */
    public <C> C at(String instance, Contract<C> contract, CallOptions options) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException("not the name of an instance");
        }
        return farSide.at(instance, contract, options, memory);
    }

    /**
     * The link's share of the memory for everything that waits, of all links. A session takes bytes there for what it
     * holds on the link's behalf, and gives them back; arguments and results of calls are counted by the library.
     */
    public Budget.Share memory() {
        return memory;
    }

    /**
     * Has {@link #memory} and calls of the actor work after the session is closed, for a session that still finishes what
     * it has begun.
     *
     * @return run once, when that is done
     */
    public Runnable keep() {
        kept.incrementAndGet();
        return () -> {
            kept.decrementAndGet();
            giveUpWhenIdle();
        };
    }

    /**
     * Reports what the session does beside serving and making calls.
     *
     * @param attributes what all of it has in common, with names from OpenTelemetry's conventions; no secrets
     */
    public Spans spans(Map<String, String> attributes) {
        return new Spans(shared.telemetry, attributes);
    }

    /** The other end, for the generation of the protocol that has put the link. */
    public FarSide farSide() {
        return farSide;
    }

    Budget.Share slots() {
        return slots;
    }

    /** Whether it is what was put, so that putting it again would change nothing. */
    boolean is(String otherContractId, Map<String, String> otherValues) {
        return contractId.equals(otherContractId) && values.equals(otherValues);
    }

    /** The session is closed, or was never opened: gives its shares up once the last call has sent its reply. */
    void release() {
        released = true;
        giveUpWhenIdle();
    }

    /** A call of this link is over. */
    void giveUpWhenIdle() {
        if (released && slots.used() == 0 && kept.get() == 0) {
            slots.close();
            memory.close();
        }
    }

    /** Without the values, which may be secret. */
    @Override
    public String toString() {
        return "Link[peer " + peer() + ", name " + name() + ", contract " + contractId + ", values of "
                + values.keySet() + "]";
    }
}
