package com.wasmcloud.testkit.servers;

/**
 * A real NATS server, with JetStream unless it was asked to go without.
 *
 * <p>See {@link Server} for threads and ownership.
 */
public final class NatsServer extends Server {
    private final boolean tls;

    NatsServer(ServerProcess process, boolean tls) {
        super(process);
        this.tls = tls;
    }

    /**
     * Starts a server that lets everybody in.
     *
     * @throws IllegalStateException when there is none to be had, with all the ways to get one, or when it does not
     *     come up, with what it printed
     */
    public static NatsServer start() {
        return setup().start();
    }

    /** Describes a server that is to be started. */
    public static NatsSetup setup() {
        return NatsSetup.PLAIN;
    }

    /** Where clients connect: {@code nats://127.0.0.1:…}, or {@code tls://…} when it speaks nothing else. */
    public String url() {
        return "%s://127.0.0.1:%d".formatted(tls ? "tls" : "nats", port());
    }
}
