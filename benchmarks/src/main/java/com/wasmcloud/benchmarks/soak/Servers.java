package com.wasmcloud.benchmarks.soak;

import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.S3Process;

/** The servers that providers need, and a host in this process that signs and checks every call. Ends with {@link #close}. */
record Servers(NatsServer nats, RedisServer redis, S3Process s3, TestHost host) implements AutoCloseable {
    static Servers start() {
        NatsServer nats = NatsServer.start();
        return new Servers(nats, RedisServer.start(), S3Process.start("-Xmx512m"), TestHost.start(nats));
    }

    @Override
    public void close() {
        host.close();
        s3.close();
        redis.close();
        nats.close();
    }
}
