package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.baseline.BaselineHttp;
import com.wasmcloud.benchmarks.baseline.HelloActor;
import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.Candidate.Role;
import com.wasmcloud.benchmarks.candidate.CandidateProcess;
import com.wasmcloud.benchmarks.candidate.FreePort;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Workload;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.wasmbus.Subjects;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The load run of HTTP: a GET that an actor on the lattice answers with 100 bytes. The echo has no HTTP: it gets the
 * envelopes that an HTTP provider would send.
 */
public final class HttpRun {
    /** Numbers of connections without an option. */
    public static final List<Integer> CALLERS = List.of(1, 16, 64, 1000);

    private static final String CONTRACT = "wasmcloud:httpserver";
    private static final String CALL = "GET";
    private static final String PATH = "/api/hello";
    private static final int CALLS = 20_000;

    private final Host host;
    private final byte[][] calls;

    private HttpRun(Host host) {
        this.host = host;
        HttpRequest request = new HttpRequest(
                "GET",
                PATH,
                "",
                Map.of(
                        "host", List.of("127.0.0.1:20000"),
                        "user-agent", List.of("load"),
                        "accept", List.of("*/*")),
                Bytes.EMPTY);
        Bytes argument = HttpRequest.CODEC.encode(request, Encoding.MSGPACK);
        calls = new byte[CALLS][];
        for (int i = 0; i < CALLS; i++) {
            calls[i] = host.call(host.provider(CONTRACT), host.actor(), "HttpServer.HandleRequest", i, argument);
        }
    }

    /** Starts its own server and actor, measures, and gives the tables. */
    public static String run(LoadOptions options, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                Host host = new Host(nats.url())) {
            String everywhere = new Subjects("*").of(host.actor());
            String own = new Subjects("actors").of(host.actor());
            List<String> command = Candidate.java(HelloActor.class, host.natsUrl(), everywhere);
            try (CandidateProcess actor =
                    CandidateProcess.start(Candidate.unmeasured("the actor", own, command, ""), host)) {
                HttpRun run = new HttpRun(host);
                progress.println("the actor took " + actor.start().toMillis() + " ms to start");
                List<Workload> workloads = options.callers().stream()
                        .map(connections -> Workload.calls(CALL, connections))
                        .toList();
                return new LoadRun(host, run.candidates(options), workloads, options, progress).run();
            }
        }
    }

    private List<Candidate> candidates(LoadOptions options) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(EchoCandidate.of(host, CALL, calls));
        String baseline = host.subject("baseline");
        int baselinePort = FreePort.find();
        candidates.add(new Candidate(
                "baseline",
                Role.BASELINE,
                baseline,
                Candidate.java(
                        BaselineHttp.class,
                        host.natsUrl(),
                        baseline,
                        new Subjects("baseline").of(host.actor()),
                        Integer.toString(baselinePort),
                        Base64.getEncoder().encodeToString(calls[0])),
                "",
                loads(baselinePort, options)));
        for (Path provider : options.providers()) {
            String lattice = "candidate-" + candidates.size();
            int port = FreePort.find();
            candidates.add(Candidate.provider(
                    provider,
                    candidates,
                    host.subject(lattice),
                    host.hostData(lattice, CONTRACT, Map.of("address", "127.0.0.1:" + port)),
                    loads(port, options)));
        }
        return candidates;
    }

    private static Map<String, Candidate.Opener> loads(int port, LoadOptions options) {
        return Map.of(CALL, () -> new HttpLoad(port, PATH, HelloActor.BODY.length(), options.slowClients()));
    }
}
