package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls, and how many bytes of argument, are in flight in the process; a bound for the bytes; and how many calls
 * have been refused. Thread-safe.
 */
final class Load {
    private final long mostBytes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder refused = new LongAdder();

    Load(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Takes a call in, or refuses it because there are too many bytes. A single large one is always let in. */
    boolean enter(long size) {
        calls.incrementAndGet();
        if (bytes.addAndGet(size) > mostBytes && bytes.get() != size) {
            leave(size);
            return false;
        }
        return true;
    }

    /** Makes room for what a call fetches, or refuses it; the only call in flight always gets it. */
    boolean grow(long size) {
        if (bytes.addAndGet(size) > mostBytes && calls.get() > 1) {
            shrink(size);
            return false;
        }
        return true;
    }

    /** What a call had fetched is no longer needed. */
    void shrink(long size) {
        bytes.addAndGet(-size);
    }

    /** A call is over. */
    void leave(long size) {
        bytes.addAndGet(-size);
        if (calls.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    int calls() {
        return calls.get();
    }

    /** Counts a call that is refused; gives what it is answered. */
    RpcException refused(String why) {
        refused.increment();
        return RpcException.of(Code.OVERLOADED, "overloaded: " + why + "; try again later");
    }

    /** How many calls have been refused so far. */
    long refused() {
        return refused.sum();
    }

    /** Waits until no call is in flight; false when some still are after the limit. */
    synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (calls.get() > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
