package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.ServerSettings.ClientLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * One connection, and how long we wait for the client at its other end. It is closed when the client sends no request in
 * time, or does not read what it has asked for; never while an actor is at work. Used on the connection's event loop,
 * but for {@link #mayBeLate}.
 */
final class Client {
    private static final AttributeKey<Client> KEY = AttributeKey.valueOf(Client.class, "client");

    private final Channel channel;
    private final ClientLimits limits;
    private int requests;
    /** By the clock of {@link System#nanoTime}; what counts while there is no request in flight. */
    private volatile long requestDue;

    /** How much waits to be read by the client, and until when some of it must have been. */
    private long unread;

    private long readDue;

    private Client(Channel channel, ClientLimits limits) {
        this.channel = channel;
        this.limits = limits;
        requestDue = System.nanoTime() + limits.read().toNanos();
    }

    /** At the other end of a channel that has just been accepted. */
    static Client at(Channel channel, ClientLimits limits) {
        Client client = new Client(channel, limits);
        channel.attr(KEY).set(client);
        return client;
    }

    static Client of(HttpConnection connection) {
        // Vert.x has no public way from a connection to what came before it, and only that was there from the first
        // byte on
        return ((ConnectionBase) connection).channel().attr(KEY).get();
    }

    /** A request is there; it must {@link #end}. */
    void begin() {
        requests++;
        requestDue = Long.MAX_VALUE;
    }

    /** A request's answer is sent, or cannot be. */
    void end() {
        if (--requests == 0) {
            requestDue = System.nanoTime() + limits.idle().toNanos();
        }
    }

    /** Whether it is worth a closer look; for any thread. */
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

    /** Past Vert.x, which would first send what the client does not read. */
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
