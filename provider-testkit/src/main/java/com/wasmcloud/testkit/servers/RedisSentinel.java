package com.wasmcloud.testkit.servers;

import com.wasmcloud.testkit.Await;
import java.util.List;

/**
 * A real Redis master, a replica of it, and a sentinel that makes the replica the master when the master is unavailable for a
 * second.
 *
 * <p>Thread-safe. Owns the three servers; whoever starts it closes it.
 */
public final class RedisSentinel implements AutoCloseable {
    /** What the sentinel calls the master. */
    public static final String MASTER_NAME = "mymaster";

    private final RedisServer master;
    private final RedisServer replica;
    private final RedisServer sentinel;

    private RedisSentinel(RedisServer master, RedisServer replica, RedisServer sentinel) {
        this.master = master;
        this.replica = replica;
        this.sentinel = sentinel;
    }

    /**
     * Starts the three and returns when the sentinel knows the replica.
     *
     * @throws IllegalStateException when there is no server to be had or one does not come up
     */
    public static RedisSentinel start() {
        RedisServer master = RedisServer.start();
        RedisSetup follower = RedisServer.setup().line("replicaof 127.0.0.1 %d".formatted(master.port()));
        RedisSetup watcher = RedisSetup.sentinel(
                        "sentinel monitor %s 127.0.0.1 %d 1".formatted(MASTER_NAME, master.port()))
                .line("sentinel down-after-milliseconds %s 1000".formatted(MASTER_NAME))
                .line("sentinel failover-timeout %s 5000".formatted(MASTER_NAME));
        RedisSentinel group = new RedisSentinel(master, follower.start(), watcher.start(ServerKind.SENTINEL));
        Await.until("the sentinel knows the replica", group::isComplete);
        return group;
    }

    private boolean isComplete() {
        return sentinel.command("SENTINEL", "REPLICAS", MASTER_NAME).contains(Integer.toString(replica.port()));
    }

    /** The port of the sentinel itself. */
    public int port() {
        return sentinel.port();
    }

    /** The server that is the master at first. */
    public RedisServer master() {
        return master;
    }

    /** The server that is a replica at first. */
    public RedisServer replica() {
        return replica;
    }

    /** The port of the server that is the master right now, in the sentinel's view. */
    public int masterPort() {
        List<String> address = sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
        return Integer.parseInt(address.get(1));
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        master.close();
    }
}
