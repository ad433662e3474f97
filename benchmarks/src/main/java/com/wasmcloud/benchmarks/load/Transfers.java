package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.QuietEvents;
import com.wasmcloud.wasmbus.Subjects;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;

/** What transfers of large objects have in common. */
final class Transfers {
    /** Size of a large object. */
    static final int LARGE = 64 << 20;
    /** What fits into a message beside the rest of it, so that no chunk takes the detour of larger payloads. */
    static final int CHUNK = 896 * 1024;
    /** Longer than anything in a transfer takes. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Transfers() {}

    /** Where the actor of a lattice is called. */
    static String actorSubject(Host host, String lattice) {
        return new Subjects(lattice).of(host.actor());
    }

    static Connection connect(Host host) throws IOException, InterruptedException {
        return Nats.connect(new Options.Builder()
                .server(host.natsUrl())
                .connectionName("load")
                .errorListener(new QuietEvents())
                .build());
    }
}
