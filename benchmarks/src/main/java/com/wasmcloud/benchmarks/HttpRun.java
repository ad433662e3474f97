package com.wasmcloud.benchmarks;

import com.wasmcloud.benchmarks.naked.Echo;
import com.wasmcloud.benchmarks.naked.HelloActor;
import com.wasmcloud.benchmarks.naked.NakedHttp;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Subjects;
import com.wasmcloud.testkit.servers.NatsServer;
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
final class HttpRun {
    static final Options STANDARD = Options.standard(List.of(1, 16, 64, 1000));
    private static final String CONTRACT = "wasmcloud:httpserver";
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
        calls = host.calls(CALLS, host.provider(CONTRACT), host.actor(), "HttpServer.HandleRequest", i -> argument);
    }

    /** Starts its own server and actor, measures, and gives the tables. */
    static String run(Options options, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                Host host = new Host(nats.url())) {
            String everywhere = new Subjects("*").of(host.actor());
            String own = new Subjects("actors").of(host.actor());
            List<String> command = Candidate.java(HelloActor.class, host.natsUrl(), everywhere);
            try (CandidateProcess actor =
                    CandidateProcess.start(Candidate.unmeasured("the actor", own, command), host)) {
                HttpRun run = new HttpRun(host);
                progress.println("the actor took " + actor.start().toMillis() + " ms to start");
                return new LoadRun(host, run.candidates(options), options, progress).run();
            }
        }
    }

    private List<Candidate> candidates(Options options) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        String echo = host.subject("echo");
        candidates.add(new Candidate(
                "bare echo",
                echo,
                Candidate.java(Echo.class, host.natsUrl(), echo),
                "",
                () -> NatsLoad.open(host.natsUrl(), echo, calls, (call, reply) -> {})));
        String naked = host.subject("naked");
        int nakedPort = Candidate.freePort();
        candidates.add(new Candidate(
                "naked Java",
                naked,
                Candidate.java(
                        NakedHttp.class,
                        host.natsUrl(),
                        naked,
                        new Subjects("naked").of(host.actor()),
                        Integer.toString(nakedPort),
                        Base64.getEncoder().encodeToString(calls[0])),
                "",
                () -> load(nakedPort, options)));
        for (Path provider : options.providers()) {
            String lattice = "candidate-" + candidates.size();
            int port = Candidate.freePort();
            candidates.add(new Candidate(
                    Candidate.name(provider, candidates),
                    host.subject(lattice),
                    List.of(provider.toString()),
                    host.hostData(lattice, CONTRACT, Map.of("address", "127.0.0.1:" + port)),
                    () -> load(port, options)));
        }
        return candidates;
    }

    private static Load load(int port, Options options) {
        return new HttpLoad(port, PATH, HelloActor.BODY.length(), options.slowClients());
    }
}
