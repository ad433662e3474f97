package com.wasmcloud.benchmarks;

import com.wasmcloud.benchmarks.naked.Collector;
import com.wasmcloud.benchmarks.naked.Echo;
import com.wasmcloud.benchmarks.naked.NakedKeyValue;
import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.InvocationResponse;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The load run of {@code KeyValue.Get}: 100 keys with values of 100 bytes, calls of about 1.2 kB. */
final class KeyValueRun {
    static final Options STANDARD = Options.standard(List.of(1, 16, 64, 256));
    private static final String CONTRACT = "wasmcloud:keyvalue";
    private static final int KEYS = 100;
    private static final int CALLS = 20_000;
    private static final String VALUE = "0123456789".repeat(10);

    private final Host host;
    private final RedisServer redis;
    private final byte[][] calls;

    private KeyValueRun(Host host, RedisServer redis) {
        this.host = host;
        this.redis = redis;
        Entity target = host.provider(CONTRACT);
        calls = host.calls(
                CALLS, host.actor(), target, "KeyValue.Get", i -> Codec.STRING.encode(key(i % KEYS), Encoding.MSGPACK));
    }

    /** Starts its own servers, measures, and gives the tables. */
    static String run(Options options, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                RedisServer redis = RedisServer.start();
                Host host = new Host(nats.url())) {
            for (int i = 0; i < KEYS; i++) {
                redis.command("SET", key(i), VALUE);
            }
            KeyValueRun run = new KeyValueRun(host, redis);
            List<Candidate> candidates = run.candidates(options.providers());
            if (!options.reporting()) {
                return run.measure(candidates, options, progress);
            }
            int port = Candidate.freePort();
            candidates.add(3, run.reporting(options.providers().get(0), "http://127.0.0.1:" + port));
            try (CandidateProcess collector = CandidateProcess.start(run.collector(port), host)) {
                return run.measure(candidates, options, progress);
            }
        }
    }

    private String measure(List<Candidate> candidates, Options options, PrintStream progress)
            throws IOException, InterruptedException {
        return "Calls of %,d bytes.%n%n".formatted(calls[0].length)
                + new LoadRun(host, candidates, options, progress).run();
    }

    private static String key(int number) {
        return "benchmark:key:%06d".formatted(number);
    }

    private List<Candidate> candidates(List<Path> providers) {
        List<Candidate> candidates = new ArrayList<>();
        String echo = host.subject("echo");
        candidates.add(new Candidate(
                "bare echo",
                echo,
                Candidate.java(Echo.class, host.natsUrl(), echo),
                "",
                () -> NatsLoad.open(host.natsUrl(), echo, calls, KeyValueRun::checkEcho)));
        String naked = host.subject("naked");
        candidates.add(new Candidate(
                "naked Java",
                naked,
                Candidate.java(NakedKeyValue.class, host.natsUrl(), naked, redis.url(), host.cluster()),
                "",
                () -> NatsLoad.open(host.natsUrl(), naked, calls, KeyValueRun::checkValue)));
        for (Path provider : providers) {
            String lattice = "candidate-" + candidates.size();
            candidates.add(candidate(Candidate.name(provider, candidates), provider, lattice, Optional.empty()));
        }
        return candidates;
    }

    private Candidate reporting(Path provider, String collector) {
        return candidate("the same, reporting", provider, "reporting", Optional.of(collector));
    }

    private Candidate candidate(String name, Path provider, String lattice, Optional<String> collector) {
        String subject = host.subject(lattice);
        return new Candidate(
                name,
                subject,
                List.of(provider.toString()),
                host.hostData(lattice, CONTRACT, Map.of("URL", redis.url()), collector),
                () -> NatsLoad.open(host.natsUrl(), subject, calls, KeyValueRun::checkValue));
    }

    private Candidate collector(int port) {
        String subject = host.subject("collector");
        return Candidate.unmeasured(
                "the collector",
                subject,
                Candidate.java(Collector.class, host.natsUrl(), subject, Integer.toString(port)));
    }

    private static void checkEcho(byte[] call, byte[] reply) {
        if (call.length != reply.length) {
            throw new IllegalStateException("the echo is not what was sent");
        }
    }

    private static void checkValue(byte[] call, byte[] reply) {
        InvocationResponse response = InvocationResponse.CODEC.decode(Bytes.wrap(reply), Encoding.MSGPACK);
        response.error().ifPresent(error -> {
            throw new IllegalStateException("the answer is an error: " + error);
        });
        GetResponse result = GetResponse.CODEC.decode(response.msg(), Encoding.MSGPACK);
        if (!result.value().equals(VALUE)) {
            throw new IllegalStateException("the answer has another value: " + result);
        }
    }
}
