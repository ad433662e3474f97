package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.servers.NatsServer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One playing of a scenario: the provider it plays with, and a record of what was done and expected. Used by one thread,
 * read by another when that one is late.
 */
final class Trial implements AutoCloseable {
    private final Lab shared;
    private final HostForm form;
    private final Deque<AutoCloseable> own = new ArrayDeque<>();
    private volatile Lab current;
    private volatile String sent = "nothing";
    private volatile String expected = "nothing";

    Trial(Lab shared, HostForm form) {
        this.shared = shared;
        this.form = form;
        this.current = shared;
    }

    /** Notes what is done now. */
    Trial sends(String what) {
        sent = what;
        return this;
    }

    /** Notes what has to follow. */
    Trial expects(String what) {
        expected = what;
        return this;
    }

    /** Fails: something else came. */
    AssertionError came(String what) {
        return new AssertionError(what);
    }

    /** The provider that many checks share, started when needed. */
    Lab lab() {
        return shared;
    }

    /** A provider for this check alone, not started yet. */
    Lab ownLab() {
        return ownLab(shared.nats());
    }

    /** The same on a NATS server of its own, for what no other check must suffer from. */
    Lab ownLab(NatsServer nats) {
        Lab lab = new Lab(shared.target(), nats, form);
        own.push(lab);
        current = lab;
        return lab;
    }

    /** A NATS server for this check alone. */
    NatsServer ownNats() {
        NatsServer nats = NatsServer.start();
        own.push(nats);
        return nats;
    }

    String sent() {
        return sent;
    }

    String expected() {
        return expected;
    }

    /** The provider that was used last. */
    Lab current() {
        return current;
    }

    @Override
    public void close() throws Exception {
        while (!own.isEmpty()) {
            own.pop().close();
        }
    }
}
