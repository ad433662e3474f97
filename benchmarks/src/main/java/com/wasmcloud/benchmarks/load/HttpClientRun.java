package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.baseline.BaselineHttpClient;
import com.wasmcloud.benchmarks.baseline.HelloActor;
import com.wasmcloud.benchmarks.baseline.HelloServer;
import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.Candidate.Role;
import com.wasmcloud.benchmarks.candidate.CandidateProcess;
import com.wasmcloud.benchmarks.candidate.FreePort;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Workload;
import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.servers.NatsServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The load run of {@code HttpClient.Request}: a GET of 100 bytes from a server on the same machine. */
public final class HttpClientRun {
    /** Numbers of callers without an option. */
    public static final List<Integer> CALLERS = List.of(1, 16, 64);

    private static final String CONTRACT = "wasmcloud:httpclient";
    private static final String CALL = "GET of a URL";
    private static final int CALLS = 20_000;

    private final Host host;
    private final String url;
    private final byte[][] calls;

    private HttpClientRun(Host host, String url) {
        this.host = host;
        this.url = url;
        HttpRequest request = new HttpRequest("GET", url, Map.of(), Bytes.EMPTY);
        Bytes argument = HttpRequest.CODEC.encode(request, Encoding.MSGPACK);
        calls = host.calls(CALLS, CONTRACT, 1, "HttpClient.Request", i -> argument);
    }

    /** Starts its own servers, measures, and gives the tables. */
    public static String run(LoadOptions options, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                Host host = new Host(nats.url())) {
            int port = FreePort.find();
            String subject = host.subject("server");
            List<String> command = Candidate.java(HelloServer.class, host.natsUrl(), subject, Integer.toString(port));
            try (CandidateProcess server =
                    CandidateProcess.start(Candidate.unmeasured("the server", subject, command, ""), host)) {
                progress.println("the server took " + server.start().toMillis() + " ms to start");
                HttpClientRun run = new HttpClientRun(host, "http://127.0.0.1:" + port + "/hello");
                List<Workload> workloads = options.callers().stream()
                        .map(callers -> Workload.calls(CALL, callers))
                        .toList();
                return new LoadRun(host, run.candidates(options.providers()), workloads, options, progress).run();
            }
        }
    }

    private List<Candidate> candidates(List<Path> providers) {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(EchoCandidate.of(host, CALL, calls));
        String baseline = host.subject("baseline");
        candidates.add(new Candidate(
                "baseline",
                Role.BASELINE,
                baseline,
                Candidate.java(BaselineHttpClient.class, host.natsUrl(), baseline, url),
                "",
                loads(baseline)));
        for (Path provider : providers) {
            String lattice = "candidate-" + candidates.size();
            candidates.add(Candidate.provider(
                    provider,
                    candidates,
                    host.subject(lattice),
                    host.hostData(lattice, CONTRACT, Map.of()),
                    loads(host.subject(lattice))));
        }
        return candidates;
    }

    private Map<String, Candidate.Opener> loads(String subject) {
        return Map.of(CALL, () -> NatsLoad.open(host.natsUrl(), subject, calls, HttpClientRun::checkBody));
    }

    private static void checkBody(byte[] call, byte[] reply) {
        HttpResponse response = Replies.decode(reply, HttpResponse.CODEC);
        if (response.statusCode() != 200 || !response.body().toUtf8().equals(HelloActor.BODY)) {
            throw new IllegalStateException("the answer has another body: " + response);
        }
    }
}
