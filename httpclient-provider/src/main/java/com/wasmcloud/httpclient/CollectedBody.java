package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.CollectedBytes;

/**
 * The body of a response as far as it has arrived, within the limit and the memory of its link. {@link #close} gives the
 * memory back. Thread-safe: whoever gives up waiting closes it while bytes arrive.
 */
final class CollectedBody implements AutoCloseable {
    private final int most;
    private final Budget.Share memory;
    private final CollectedBytes bytes = new CollectedBytes(-1, this::take);
    private long taken;
    private boolean closed;

    /**
     * @param most in bytes
     */
    CollectedBody(int most, Budget.Share memory) {
        this.most = most;
        this.memory = memory;
    }

    /**
     * Adds bytes.
     *
     * @throws RpcException when there would be too many of them, or there is no memory for them
     */
    synchronized void add(int length, CollectedBytes.Source source) {
        if (length > most - bytes.size()) {
            throw RpcException.backend("the body is larger than the " + most + " bytes of max_response_bytes", null);
        }
        if (!bytes.add(length, source)) {
            throw noMemory();
        }
    }

    private boolean take(long count) {
        if (closed || !memory.tryTake(count)) {
            return false;
        }
        taken += count;
        return true;
    }

    /**
     * All that has arrived, in one array.
     *
     * @throws RpcException when there is no memory for it
     */
    synchronized Bytes whole() {
        Bytes whole = bytes.whole();
        if (whole == null) {
            throw noMemory();
        }
        return whole;
    }

    private static RpcException noMemory() {
        return RpcException.of(
                Code.OVERLOADED, "overloaded: there is no memory for the body of the response; try again later");
    }

    /** Gives the memory back; what was taken out is counted by whoever has it. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            memory.give(taken);
            bytes.drop();
        }
    }
}
