package com.wasmcloud.keyvalue.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Writes to the socket once for all requests that are ready: the client flushes after each, and each flush is a call into
 * the kernel, here and in Redis. A flush waits for what the event loop has to do already, and no longer.
 *
 * <p>Runs on the event loop of the connection.
 */
final class FlushesTogether extends ChannelOutboundHandlerAdapter {
    private boolean scheduled;

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!scheduled) {
            scheduled = true;
            context.executor().execute(() -> {
                scheduled = false;
                context.flush();
            });
        }
    }
}
