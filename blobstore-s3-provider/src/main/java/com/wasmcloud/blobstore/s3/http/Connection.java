package com.wasmcloud.blobstore.s3.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection, which has one request at a time or rests. It is read from only when somebody wants what comes, or to notice
 * that the server has closed it.
 *
 * <p>Used by its event loop only, but for {@link #start}.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Wire {
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    private static final int LARGEST_HEAD = 64 * 1024;
    private static final int LARGEST_PIECE = 1 << 20;

    private final Channel channel;
    private final Owner owner;
    private final Duration readTimeout;
    private @Nullable Exchange exchange;
    private long restingSince;
    private boolean watchingRest;
    private boolean watchingBody;
    private boolean lost;

    Connection(Channel channel, Owner owner, Duration readTimeout) {
        this.channel = channel;
        this.owner = owner;
        this.readTimeout = readTimeout;
    }

    /** Whose connection it is. Thread-safe. */
    interface Owner {
        /** Sends a request over any connection; {@code false} if there will be none. */
        boolean submit(Exchange exchange);

        /** Gives a connection, on whose event loop this is called, its next request, or lets it rest. */
        void free(Connection connection);

        /** Takes a connection out of those that rest; {@code false} if it has something to do. */
        boolean take(Connection connection);

        /** A connection has ended. */
        void lost(Connection connection);
    }

    /** Takes the channel over. */
    void join() {
        channel.config().setAutoRead(false);
        HttpDecoderConfig decoder = new HttpDecoderConfig()
                .setMaxInitialLineLength(LARGEST_HEAD)
                .setMaxHeaderSize(LARGEST_HEAD)
                .setMaxChunkSize(LARGEST_PIECE);
        channel.pipeline().addLast(new HttpClientCodec(decoder, false, false), this);
    }

    /** From any thread, for a connection that rested. */
    void start(Exchange next) {
        channel.eventLoop().execute(() -> begin(next));
    }

    void begin(Exchange next) {
        if (!channel.isActive()) {
            end();
            if (!owner.submit(next)) {
                next.fail(new ConnectionLostException("the connection was closed"));
            }
            return;
        }
        exchange = next;
        if (!next.begin(this)) {
            done(true); // given up while it waited
        }
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void read() {
        channel.read();
    }

    @Override
    public void done(boolean reusable) {
        exchange = null;
        if (reusable && channel.isActive()) {
            owner.free(this);
        } else {
            closeChannel();
        }
    }

    @Override
    public void close() {
        exchange = null;
        closeChannel();
    }

    private void closeChannel() {
        ChannelFuture unused = channel.close();
    }

    void rest() {
        restingSince = System.nanoTime();
        read(); // to notice the end
        if (!channel.isActive()) {
            end();
        } else if (!watchingRest) {
            watchingRest = true;
            watchRest(LONGEST_REST);
        }
    }

    private void watchRest(Duration pause) {
        ScheduledFuture<?> unused =
                channel.eventLoop().schedule(this::endRest, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endRest() {
        Duration left = LONGEST_REST.minusNanos(System.nanoTime() - restingSince);
        if (exchange != null || left.toMillis() > 0) {
            watchRest(exchange == null ? left : LONGEST_REST);
        } else if (channel.isActive() && owner.take(this)) {
            closeChannel();
        } else if (channel.isActive()) {
            watchRest(LONGEST_REST); // a request is on its way here
        }
    }

    /** Refers to no request in particular, so that none is held on to. */
    @Override
    public void watchBody() {
        if (!watchingBody) {
            watchingBody = true;
            watchBody(readTimeout);
        }
    }

    private void watchBody(Duration pause) {
        ScheduledFuture<?> unused = channel.eventLoop()
                .schedule(
                        () -> {
                            Exchange current = exchange;
                            watchingBody = current != null && channel.isActive();
                            if (current != null && watchingBody) {
                                watchBody(current.endIfServerIsSilent(readTimeout));
                            }
                        },
                        Math.max(1, pause.toMillis()),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Exchange current = exchange;
        if (current == null) {
            ReferenceCountUtil.release(message);
            closeChannel(); // nobody asked for that
        } else {
            current.received(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current == null || current.wantsMore()) {
            read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && channel.isWritable()) {
            current.mayWrite();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    private void end() {
        if (lost) {
            return;
        }
        lost = true;
        Exchange current = exchange;
        exchange = null;
        owner.lost(this);
        if (current != null) {
            current.fail(new ConnectionLostException("the connection was closed"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Exchange current = exchange;
        if (current != null) {
            boolean broken = cause.getClass() == IOException.class
                    || cause instanceof SocketException
                    || cause instanceof ClosedChannelException;
            current.fail(broken ? new ConnectionLostException("the connection was closed") : cause);
        }
        closeChannel();
    }
}
