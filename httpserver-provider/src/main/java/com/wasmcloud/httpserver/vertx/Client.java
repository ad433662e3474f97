package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.ServerSettings.ClientLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * One connection and the time limits of the client at its other end. It is closed when the client sends no request in
 * time, or does not read the answers to its requests; never while an actor is at work. Used on the connection's event
 * loop, but for {@link #mayBeLate}.
 */
final class Client {
    private static final AttributeKey<Client> KEY = AttributeKey.valueOf(Client.class, "client");

    private final Channel channel;
    private final ClientLimits limits;
    private int requests;
    /** By {@link System#nanoTime}; applies while there is no request in flight. */
    private volatile long requestDue;

    /** Bytes that the client has not read yet, and when it must have read some of them at the latest. */
    private long unread;

    private long readDue;

    private Client(Channel channel, ClientLimits limits) {
        this.channel = channel;
        this.limits = limits;
        requestDue = System.nanoTime() + limits.read().toNanos();
    }

    /** The client of a channel that has just been accepted. */
    static Client at(Channel channel, ClientLimits limits) {
        Client client = new Client(channel, limits);
        channel.attr(KEY).set(client);
        return client;
    }

    static Client of(HttpConnection connection) {
        // Vert.x has no public way from a connection to its channel, and only the channel is there from the first byte
        // on
        return ((ConnectionBase) connection).channel().attr(KEY).get();
    }

    /** Has the next requests decoded by a {@link StrictDecoder}; without TLS {@link FirstBytes} has done it already. */
    void decodeStrictly(Http1ServerConfig http1) {
        StrictDecoder.replaceIn(channel.pipeline(), http1);
    }

    /** A request has arrived; it must {@link #end}. */
    void begin() {
        requests++;
        requestDue = Long.MAX_VALUE;
    }

    /** The answer to a request is sent, or never will be. */
    void end() {
        if (--requests == 0) {
            requestDue = System.nanoTime() + limits.idle().toNanos();
        }
    }

    void flush() {
        channel.flush();
    }

    /** Whether it needs a closer look; for any thread. */
    boolean mayBeLate(long now) {
        return requestDue == Long.MAX_VALUE ? !channel.isWritable() || readDue != 0 : requestDue - now < 0;
    }

    /** Closes the connection if its client is late. */
    void closeIfLate() {
        channel.eventLoop().execute(() -> {
            long now = System.nanoTime();
            if (requests == 0 ? requestDue - now < 0 : readsNothing(now)) {
                closeAtOnce();
            }
        });
    }

    /** Bypasses Vert.x, which would first send what the client does not read. */
    private void closeAtOnce() {
        channel.unsafe().close(channel.voidPromise());
    }

    private boolean readsNothing(long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null || channel.isWritable()) {
            readDue = 0;
            return false;
        }
        long before = unread;
        unread = buffer.totalPendingWriteBytes();
        if (readDue == 0 || unread != before) {
            readDue = now + limits.read().toNanos();
        }
        return readDue - now < 0;
    }
}
