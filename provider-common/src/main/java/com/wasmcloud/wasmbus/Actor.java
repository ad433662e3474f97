package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.FarSide;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.support.Budget;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** An actor at the other end of a link. It is called in the encoding of its own latest call. Thread-safe. */
final class Actor implements FarSide {
    private final Outbound outbound;
    private final OwnInstance instance;
    private final Entity provider;
    private final Entity actor;
    private final Duration timeout;
    private volatile Encoding lastSeen = Encoding.MSGPACK;

    /**
     * @param provider this end of the link, the origin of the calls
     * @param timeout for calls that name none
     */
    Actor(Outbound outbound, OwnInstance instance, Entity provider, Entity actor, Duration timeout) {
        this.outbound = outbound;
        this.instance = instance;
        this.provider = provider;
        this.actor = actor;
        this.timeout = timeout;
    }

    /** The actor of a link that {@link ActorLinks} has put. */
    static Actor of(Link link) {
        return (Actor) link.farSide();
    }

    /** The encoding of a call that this actor makes. */
    Encoding encodingOf(Contract<?> contract, String operation, Bytes argument) {
        Encoding encoding = contract.encodingOf(operation, argument, lastSeen);
        if (encoding != lastSeen) {
            lastSeen = encoding;
        }
        return encoding;
    }

    @Override
    public <C> C as(Contract<C> contract, CallOptions options, Budget.Share memory) {
        return stub(provider, actor, contract, options, memory);
    }

    @Override
    public String instance() {
        return instance.name();
    }

    @Override
    public <C> C at(String other, Contract<C> contract, CallOptions options, Budget.Share memory) {
        Entity there = new Entity(
                provider.publicKey(), OwnInstance.linkName(provider.linkName(), other), provider.contractId());
        return stub(actor, there, contract, options, memory);
    }

    private <C> C stub(Entity origin, Entity target, Contract<C> contract, CallOptions options, Budget.Share memory) {
        return contract.stub(new Caller() {
            @Override
            public CompletionStage<Bytes> call(String operation, Bytes argument) {
                Outbound.Call call = new Outbound.Call(
                        origin,
                        target,
                        operation,
                        argument,
                        options.timeout().orElse(timeout),
                        options.traceOrCurrent());
                return outbound.call(call, memory, options.counted(), options.turn());
            }

            @Override
            public Encoding encoding() {
                return lastSeen;
            }
        });
    }
}
