package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.handlers.AccessLog;
import com.wasmcloud.httpserver.vertx.HttpPorts;
import com.wasmcloud.provider.logs.StandardError;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Heap;

/**
 * What all links of the process share.
 *
 * @param memory for bodies, in bytes
 */
record HttpServices(HttpPorts ports, Budget memory, AccessLog accessLog, Background background) {
    /** A body exists twice for a moment, as it arrived and as the message that it travels in, and there is more beside it. */
    private static final double PART_OF_HEAP = 0.25;

    private static final long LEAST_MEMORY = 1024 * 1024;

    static HttpServices ofProcess() {
        return new HttpServices(
                new HttpPorts(),
                new Budget(Heap.share(PART_OF_HEAP, LEAST_MEMORY)),
                new AccessLog(StandardError.CHANNEL),
                new Background("http"));
    }
}
