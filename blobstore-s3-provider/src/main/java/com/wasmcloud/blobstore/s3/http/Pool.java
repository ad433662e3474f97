package com.wasmcloud.blobstore.s3.http;

import com.wasmcloud.provider.support.Causes;
import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connections to one server, and the requests that wait for one. A pool without either is given up.
 *
 * <p>Thread-safe.
 */
final class Pool implements Connection.Owner {
    private static final int MOST_WAITING = 10_000;

    private final Server server;
    private final HttpClientOptions options;
    private final Connector connector;
    private final EventLoopGroup loops;
    private final Consumer<Pool> whenUnused;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    /** Connections, those that are being made included. */
    private int open;

    private int connecting;
    private boolean retired;

    Pool(
            Server server,
            HttpClientOptions options,
            Connector connector,
            EventLoopGroup loops,
            Consumer<Pool> whenUnused) {
        this.server = server;
        this.options = options;
        this.connector = connector;
        this.loops = loops;
        this.whenUnused = whenUnused;
    }

    /** Sends a request as soon as there is a connection; {@code false} if this pool has been given up. */
    @Override
    public boolean submit(Exchange exchange) {
        Connection free;
        boolean full;
        boolean connect;
        synchronized (this) {
            if (retired) {
                return false;
            }
            free = idle.pollLast();
            full = free == null && waiting.size() >= MOST_WAITING;
            if (free == null && !full) {
                waiting.add(exchange);
            }
            connect = mayConnect();
        }
        if (free != null) {
            free.start(exchange);
        } else if (full) {
            exchange.fail(new NoFreeConnectionException());
        } else {
            watch(exchange);
        }
        if (connect) {
            connect();
        }
        return true;
    }

    private void watch(Exchange exchange) {
        ScheduledFuture<?> patience = loops.next()
                .schedule(
                        () -> {
                            if (withdraw(exchange)) {
                                exchange.fail(tooLate());
                            }
                        },
                        options.acquireTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        exchange.waits(() -> withdraw(exchange), patience);
    }

    /** All connections are in use, or there is none yet. */
    private synchronized Exception tooLate() {
        return open > connecting
                ? new NoFreeConnectionException()
                : new ConnectTimeoutException("no connection in time");
    }

    /** Takes out a request that still waits. */
    private synchronized boolean withdraw(Exchange exchange) {
        return waiting.remove(exchange);
    }

    /** To be called under the lock: reserves a place for a connection if one is needed. */
    private boolean mayConnect() {
        boolean may = !retired && open < options.maxConnections() && connecting < waiting.size();
        if (may) {
            open++;
            connecting++;
        }
        return may;
    }

    private void connect() {
        connector.connect(server).whenComplete((channel, failure) -> {
            if (failure == null) {
                connected(channel);
            } else {
                failed(Causes.unwrap(failure));
            }
        });
    }

    private void connected(Channel channel) {
        Connection connection = new Connection(channel, this, options.readTimeout());
        channel.eventLoop().execute(() -> {
            connection.join();
            synchronized (this) {
                connecting--;
            }
            free(connection);
        });
    }

    private void failed(Throwable failure) {
        Exchange first;
        boolean again;
        synchronized (this) {
            open--;
            connecting--;
            first = waiting.poll();
            again = mayConnect();
        }
        if (first != null) {
            first.fail(failure);
        }
        reconnectOrRetire(again);
    }

    private void reconnectOrRetire(boolean again) {
        if (again) {
            loops.next().execute(this::connect);
            return;
        }
        boolean unused;
        synchronized (this) {
            unused = open == 0 && waiting.isEmpty() && !retired;
            retired |= unused;
        }
        if (unused) {
            whenUnused.accept(this);
        }
    }

    @Override
    public void free(Connection connection) {
        Exchange next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null && !retired) {
                idle.addLast(connection);
            }
        }
        if (next != null) {
            connection.begin(next);
        } else {
            connection.rest();
        }
    }

    @Override
    public synchronized boolean take(Connection connection) {
        return idle.remove(connection);
    }

    @Override
    public void lost(Connection connection) {
        boolean again;
        synchronized (this) {
            idle.remove(connection);
            open--;
            again = mayConnect();
        }
        reconnectOrRetire(again);
    }

    void close() {
        List<Exchange> left;
        synchronized (this) {
            retired = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        left.forEach(exchange -> exchange.fail(new ConnectionLostException("the client is closed")));
    }

    @Override
    public String toString() {
        return server.authority();
    }
}
