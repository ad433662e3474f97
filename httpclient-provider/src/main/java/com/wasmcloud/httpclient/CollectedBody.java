package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Budget;
import java.util.ArrayList;
import java.util.List;

/**
 * A body as far as it has arrived, in arrays whose memory is taken before they are made, and given back by {@link #close}.
 * Thread-safe: whoever gives up waiting closes it while bytes arrive.
 */
final class CollectedBody implements AutoCloseable {
    private static final int SMALLEST_BLOCK = 4 * 1024;
    private static final int LARGEST_BLOCK = 1024 * 1024;

    private final int most;
    private final Budget.Share memory;
    private final List<byte[]> full = new ArrayList<>(2);
    private byte[] block = new byte[0];
    private int used;
    private int size;
    private long taken;
    private boolean closed;

    /**
     * @param most in bytes
     */
    CollectedBody(int most, Budget.Share memory) {
        this.most = most;
        this.memory = memory;
    }

    /** Takes bytes out of a source. */
    interface Source {
        void read(int from, byte[] into, int at, int length);
    }

    /**
     * Adds bytes.
     *
     * @throws RpcException when there would be too many of them, or there is no memory for them
     */
    synchronized void add(int length, Source source) {
        if (length > most - size) {
            throw RpcException.backend("the body is larger than the " + most + " bytes of max_response_bytes", null);
        }
        for (int from = 0; from < length; ) {
            if (used == block.length) {
                grow();
            }
            int fits = Math.min(length - from, block.length - used);
            source.read(from, block, used, fits);
            from += fits;
            used += fits;
            size += fits;
        }
    }

    private void grow() {
        int next = Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, 2 * block.length));
        take(next);
        if (used > 0) {
            full.add(block);
        }
        block = new byte[next];
        used = 0;
    }

    private void take(int bytes) {
        if (closed || !memory.tryTake(bytes)) {
            throw RpcException.of(
                    Code.OVERLOADED, "overloaded: there is no memory for the body of the response; try again later");
        }
        taken += bytes;
    }

    /**
     * All that has arrived, in one array.
     *
     * @throws RpcException when there is no memory for it
     */
    synchronized Bytes whole() {
        if (full.isEmpty()) {
            return Bytes.wrap(block, 0, used);
        }
        take(size);
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] each : full) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        System.arraycopy(block, 0, all, at, used);
        full.clear();
        return Bytes.wrap(all);
    }

    /** Gives the memory back; what was taken out is counted by whoever has it. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            memory.give(taken);
            full.clear();
            block = new byte[0];
            used = 0;
        }
    }
}
