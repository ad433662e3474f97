package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.telemetry.Span;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of calls once a generation of the protocol has understood them: {@link #admit}, {@link #report}, {@link
 * #serve}, and in the end {@link Admission#close}.
 *
 * <p>Thread-safe; nothing blocks. A call that is refused, or whose session throws, gets an exception or a failed stage: to
 * make a reply of that is up to the generation.
 *
 * @param <S> the session opened for each link
 */
public final class Calls<S extends AutoCloseable> {
    /** Stands for every operation that the contract does not have: callers could invent any number of them. */
    private static final String OTHER = "_OTHER";

    private final LinkTable<S> links;
    private final Load load;
    /** Of calls from peers without a link, which wait for their refusal like any other. */
    private final Budget.Share strangersCalls;

    private final Budget.Share strangersMemory;
    private final Set<String> operations;
    private final Telemetry telemetry;

    Calls(LinkTable<S> links, Load load, Link.Shared shared, Set<String> operations) {
        this.links = links;
        this.load = load;
        this.strangersCalls = shared.slots().share();
        this.strangersMemory = shared.memory().share();
        this.operations = operations;
        this.telemetry = shared.telemetry();
    }

    /** What a session does for a call. */
    @FunctionalInterface
    public interface Work<S, R> {
        /** Begins it; must return at once. */
        CompletionStage<R> begin(S session, Link link);
    }

    /**
     * Lets a call in: it takes a place among the calls in flight, and memory for its message, from the share of its link.
     *
     * @throws RpcException with code OVERLOADED
     */
    public Admission<S> admit(LinkKey key, long bytes) {
        Session<S> session = links.find(key);
        try {
            return admit(key, session, bytes);
        } catch (RpcException overloaded) {
            Session<S> now = links.find(key);
            if (now == session) {
                throw overloaded;
            }
            return admit(key, now, bytes); // it was being replaced: what it had is gone with it
        }
    }

    private Admission<S> admit(LinkKey key, @Nullable Session<S> session, long bytes) {
        Budget.Share slots = session == null ? strangersCalls : session.link().slots();
        Budget.Share memory = session == null ? strangersMemory : session.link().memory();
        if (!slots.tryTake(1)) {
            throw load.refused("too many calls are in flight at this provider");
        }
        if (!memory.tryTake(bytes)) {
            slots.give(1);
            throw load.refused("the calls in flight at this provider leave no memory for " + bytes + " bytes more");
        }
        if (!load.enter(bytes)) {
            slots.give(1);
            memory.give(bytes);
            throw load.refused("too many calls are in flight at this provider");
        }
        return new Admission<>(key, session, load, slots, memory, bytes);
    }

    /** Whether no more than one call is in flight, so that nobody waits for the thread that delivers messages. */
    public boolean quiet() {
        return load.calls() <= 1;
    }

    /**
     * Reports a call with its outcome.
     *
     * @param answer gets the trace context that belongs to what is done for the call; begins it, and may throw
     */
    public <C extends Call, R> CompletionStage<R> report(
            C call, BiFunction<? super C, Map<String, String>, CompletionStage<R>> answer) {
        if (!telemetry.isOn()) {
            return answer.apply(call, call.trace());
        }
        String operation = operations.contains(call.operation()) ? call.operation() : OTHER;
        Span span = telemetry.served(operation, call.peer(), call.trace());
        CompletionStage<R> result;
        try {
            result = answer.apply(call, span.context(call.trace()));
        } catch (Throwable e) {
            span.end(e);
            throw e;
        }
        return span.until(result);
    }

    /**
     * Has the session of the call's link do the work.
     *
     * @param trace passed on to whatever the session calls
     * @throws RpcException with code NOT_LINKED, or OVERLOADED when the link has too many calls in flight
     */
    public <R> CompletionStage<R> serve(Admission<S> admission, Call call, Map<String, String> trace, Work<S, R> work) {
        Session<S> session = admission.session();
        if (session == null) {
            session = links.session(admission.key());
        }
        return serve(admission, session, call, trace, work);
    }

    private <R> CompletionStage<R> serve(
            Admission<S> admission, Session<S> session, Call call, Map<String, String> trace, Work<S, R> work) {
        switch (session.enter()) {
            case FULL ->
                throw RpcException.of(
                        Code.OVERLOADED,
                        "overloaded: too many calls of this actor are in flight at this provider; try again later");
            case CLOSED -> {
                // replaced or deleted since it was looked up; the table knows by now
                Session<S> next = links.session(admission.key());
                if (next == session) {
                    throw RpcException.of(
                            Code.NOT_LINKED,
                            "unlinked actor: '" + admission.key().peer() + "'");
                }
                return serve(admission, next, call, trace, work);
            }
            case ADMITTED -> {}
        }
        CompletionStage<R> result;
        try (TraceContext.Scope scope = TraceContext.enter(trace);
                CurrentCall current = CurrentCall.enter(call)) {
            result = work.begin(session.service(), session.link());
        } catch (Throwable e) {
            session.leave();
            throw e;
        }
        return result.whenComplete(session);
    }
}
