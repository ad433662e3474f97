package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fails the requests of one connection that are not answered in time. One look at all in flight, when the first of them
 * may be late, costs less than a timer for each, and a connection at rest costs nothing.
 *
 * <p>Runs on the event loop of the connection.
 */
final class RequestDeadlines extends ChannelOutboundHandlerAdapter {
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long timeoutNanos;
    private boolean watching;

    RequestDeadlines(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    @Override
    public void write(ChannelHandlerContext context, Object command, ChannelPromise promise) {
        ChannelFuture unused = context.write(command, promise);
        if (!watching) {
            watch(context, timeoutNanos);
        }
    }

    private void watch(ChannelHandlerContext context, long nanos) {
        watching = true;
        ScheduledFuture<?> unused = context.executor()
                .schedule(() -> failLateRequests(context), Math.max(nanos, SHORTEST_PAUSE_NANOS), TimeUnit.NANOSECONDS);
    }

    private void failLateRequests(ChannelHandlerContext context) {
        watching = false;
        if (context.isRemoved()) {
            return;
        }
        long now = System.nanoTime();
        long shortest = Long.MAX_VALUE;
        List<Request<?>> late = new ArrayList<>();
        for (RedisCommand<?, ?, ?> command :
                context.pipeline().get(CommandHandler.class).getStack()) {
            Request<?> request = Request.in(command);
            if (request != null && !request.isDone()) {
                long left = request.madeAt() + timeoutNanos - now;
                if (left <= 0) {
                    late.add(request);
                } else {
                    shortest = Math.min(shortest, left);
                }
            }
        }
        if (shortest < Long.MAX_VALUE) {
            watch(context, shortest);
        }
        late.forEach(request -> request.abandon(new RedisCommandTimeoutException("no answer in time")));
    }
}
