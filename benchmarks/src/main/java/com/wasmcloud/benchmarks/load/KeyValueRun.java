package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.baseline.BaselineKeyValue;
import com.wasmcloud.benchmarks.baseline.Collector;
import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.Candidate.Role;
import com.wasmcloud.benchmarks.candidate.CandidateProcess;
import com.wasmcloud.benchmarks.candidate.FreePort;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Workload;
import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The load run of {@code KeyValue.Get}: 100 keys with values of 100 bytes, calls of about 1.2 kB. First all calls are of
 * one actor, then 64 callers share 16 actors, each of which has a link and so a connection to Redis of its own.
 */
public final class KeyValueRun {
    /** Numbers of callers without an option. */
    public static final List<Integer> CALLERS = List.of(1, 16, 64, 256);

    private static final String CONTRACT = "wasmcloud:keyvalue";
    private static final int MANY_ACTORS = 16;
    private static final int CALLERS_OF_MANY_ACTORS = 64;
    private static final int KEYS = 100;
    private static final int CALLS = 20_000;
    private static final String VALUE = "0123456789".repeat(10);

    private final Host host;
    private final RedisServer redis;
    private final int actors;
    private final String call;
    private final byte[][] calls;

    private KeyValueRun(Host host, RedisServer redis, int actors) {
        this.host = host;
        this.redis = redis;
        this.actors = actors;
        call = actors == 1 ? "Get" : "Get on %d actors".formatted(actors);
        calls = host.calls(
                CALLS, CONTRACT, actors, "KeyValue.Get", i -> Codec.STRING.encode(key(i % KEYS), Encoding.MSGPACK));
    }

    /** Starts its own servers, measures, and gives the tables. */
    public static String run(LoadOptions options, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                RedisServer redis = RedisServer.start();
                Host host = new Host(nats.url())) {
            for (int i = 0; i < KEYS; i++) {
                redis.command("SET", key(i), VALUE);
            }
            KeyValueRun one = new KeyValueRun(host, redis, 1);
            String tables = "Calls of %,d bytes.%n%n".formatted(one.calls[0].length) + one.measure(options, progress);
            if (options.rounds() == 0) {
                return tables;
            }
            KeyValueRun many = new KeyValueRun(host, redis, MANY_ACTORS);
            return tables + "\n" + many.measure(options.only(CALLERS_OF_MANY_ACTORS), progress);
        }
    }

    private String measure(LoadOptions options, PrintStream progress) throws IOException, InterruptedException {
        List<Candidate> candidates = candidates(options.providers());
        if (!options.reporting()) {
            return measure(candidates, options, progress);
        }
        int port = FreePort.find();
        candidates.add(3, reporting(options.providers().get(0), candidates, "http://127.0.0.1:" + port));
        try (CandidateProcess collector = CandidateProcess.start(collector(port), host)) {
            return measure(candidates, options, progress);
        }
    }

    private String measure(List<Candidate> candidates, LoadOptions options, PrintStream progress)
            throws IOException, InterruptedException {
        List<Workload> workloads = options.callers().stream()
                .map(callers -> Workload.calls(call, callers))
                .toList();
        return new LoadRun(host, candidates, workloads, options, progress).run();
    }

    private static String key(int number) {
        return "benchmark:key:%06d".formatted(number);
    }

    private List<Candidate> candidates(List<Path> providers) {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(EchoCandidate.of(host, call, calls));
        String baseline = host.subject("baseline");
        candidates.add(new Candidate(
                "baseline",
                Role.BASELINE,
                baseline,
                Candidate.java(BaselineKeyValue.class, host.natsUrl(), baseline, redis.url(), host.cluster()),
                "",
                loads(baseline)));
        for (Path provider : providers) {
            candidates.add(candidate(provider, candidates, Optional.empty()));
        }
        return candidates;
    }

    private Candidate reporting(Path provider, List<Candidate> others, String collector) {
        Candidate same = candidate(provider, others, Optional.of(collector));
        return new Candidate(
                "the same, reporting", Role.PEER, same.subject(), same.command(), same.input(), same.loads());
    }

    private Candidate candidate(Path provider, List<Candidate> others, Optional<String> collector) {
        String lattice = "candidate-" + others.size();
        return Candidate.provider(
                provider,
                others,
                host.subject(lattice),
                host.hostData(lattice, CONTRACT, Map.of("URL", redis.url()), actors, collector),
                loads(host.subject(lattice)));
    }

    private Map<String, Candidate.Opener> loads(String subject) {
        return Map.of(call, () -> NatsLoad.open(host.natsUrl(), subject, calls, KeyValueRun::checkValue));
    }

    private Candidate collector(int port) {
        String subject = host.subject("collector");
        List<String> command = Candidate.java(Collector.class, host.natsUrl(), subject, Integer.toString(port));
        return Candidate.unmeasured("the collector", subject, command, "");
    }

    private static void checkValue(byte[] call, byte[] reply) {
        GetResponse result = Replies.decode(reply, GetResponse.CODEC);
        if (!result.value().equals(VALUE)) {
            throw new IllegalStateException("the answer has another value: " + result);
        }
    }
}
