package com.wasmcloud.provider;

import com.wasmcloud.provider.support.Budget;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call that has been let in, and what it holds of its link's share.
 *
 * <p>For one thread at a time, as the steps of a call follow each other. Whoever was let in closes it exactly once, when
 * the reply is on its way.
 *
 * @param <S> the session opened for each link
 */
public final class Admission<S extends AutoCloseable> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LinkKey key;
    private final @Nullable Session<S> session;
    private final Load load;
    private final Budget.Share slots;
    private final Budget.Share memory;
    private final long message;
    private long held;
    private long fetched;
    private @Nullable Held leases;

    /** What was waited for, and what was before that. */
    private record Held(Budget.Lease lease, @Nullable Held next) {}

    Admission(
            LinkKey key,
            @Nullable Session<S> session,
            Load load,
            Budget.Share slots,
            Budget.Share memory,
            long message) {
        this.key = key;
        this.session = session;
        this.load = load;
        this.slots = slots;
        this.memory = memory;
        this.message = message;
        this.held = message;
    }

    LinkKey key() {
        return key;
    }

    @Nullable
    Session<S> session() {
        return session;
    }

    /** Takes memory for more of the call, such as its result, if there is some right now. */
    public boolean tryHold(long bytes) {
        if (!memory.tryTake(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** The same, waiting in line; fails with OVERLOADED when that takes too long. */
    public CompletionStage<?> hold(long bytes) {
        return memory.take(bytes, PATIENCE).thenAccept(lease -> {
            leases = new Held(lease, leases);
        });
    }

    /**
     * Takes memory for an argument that is fetched, waiting in line; fails with OVERLOADED, at once when the process has a
     * bound of its own for arguments and it is reached.
     */
    public CompletionStage<?> holdArgument(long bytes) {
        if (!load.grow(bytes)) {
            throw load.refused(
                    "the arguments of the calls in flight at this provider leave no room for " + bytes + " bytes more");
        }
        fetched += bytes;
        return hold(bytes);
    }

    /** The call is over. */
    @Override
    public void close() {
        for (Held held = leases; held != null; held = held.next) {
            held.lease.close();
        }
        memory.give(held);
        load.shrink(fetched);
        load.leave(message);
        slots.give(1);
        if (session != null) {
            session.link().giveUpWhenIdle();
        }
    }
}
