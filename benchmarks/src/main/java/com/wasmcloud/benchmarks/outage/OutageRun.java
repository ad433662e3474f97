package com.wasmcloud.benchmarks.outage;

import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.CandidateProcess;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.outage.SteadyCalls.Call;
import com.wasmcloud.benchmarks.report.Table;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is lost when servers die: {@code KeyValue.Set} at a steady rate, each of a key of its own, while Redis and then
 * NATS is killed as by {@code kill -9} and started again. Redis writes every change to disk before it says so; in the end
 * it is asked for every key whose Set was acknowledged.
 */
public final class OutageRun {
    private static final String CONTRACT = "wasmcloud:keyvalue";
    private static final int CALLS_A_SECOND = 500;
    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final Duration AFTER = Duration.ofSeconds(7);
    private static final int CALLS =
            (int) (2 * BEFORE.plus(AWAY).plus(AFTER).plusSeconds(10).toSeconds() * CALLS_A_SECOND);

    private final RedisServer redis;
    private final PrintStream progress;
    private final Table table = new Table(
            1,
            "killed",
            "calls",
            "answered with an error",
            "never answered",
            "acknowledged",
            "of these lost",
            "service again after its return, ms");

    private OutageRun(RedisServer redis, PrintStream progress) {
        this.redis = redis;
        this.progress = progress;
    }

    /** Starts servers of its own, kills them in turn, and gives the table. */
    public static String run(Path provider, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                RedisServer redis = RedisServer.setup().durable().start();
                Host host = new Host(nats.url())) {
            OutageRun run = new OutageRun(redis, progress);
            byte[][] calls = host.calls(
                    CALLS,
                    CONTRACT,
                    1,
                    "KeyValue.Set",
                    i -> SetRequest.CODEC.encode(new SetRequest(key(i), value(i), 0), Encoding.MSGPACK));
            String subject = host.subject("outage");
            Candidate candidate = Candidate.unmeasured(
                    "the provider",
                    subject,
                    List.of(provider.toString()),
                    host.hostData("outage", CONTRACT, Map.of("URL", redis.url())));
            try (CandidateProcess process = CandidateProcess.start(candidate, host);
                    SteadyCalls steady = SteadyCalls.start(nats.url(), subject, calls, CALLS_A_SECOND)) {
                run.kill("Redis", redis, steady);
                run.kill("NATS", nats, steady);
            }
            return run.table.toString();
        }
    }

    private static String key(int number) {
        return "outage:%06d".formatted(number);
    }

    private static String value(int number) {
        return "value %d".formatted(number);
    }

    private void kill(String name, Server server, SteadyCalls steady) throws InterruptedException {
        int first = steady.sent();
        TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
        progress.println("killing " + name);
        server.kill();
        TimeUnit.NANOSECONDS.sleep(AWAY.toNanos());
        server.restart();
        long back = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(AFTER.toNanos());
        List<Call> calls = steady.settled(first);
        long acknowledged = calls.stream().filter(Call::acknowledged).count();
        long again = calls.stream()
                .filter(call -> call.acknowledged() && call.sentAt() > back)
                .mapToLong(Call::answeredAt)
                .min()
                .orElseThrow(() -> new IllegalStateException("no call succeeded after the return of " + name));
        table.row(
                name,
                Integer.toString(calls.size()),
                Long.toString(calls.stream().filter(Call::failed).count()),
                Long.toString(calls.stream().filter(Call::unanswered).count()),
                Long.toString(acknowledged),
                Long.toString(lost(calls)),
                String.format(Locale.ROOT, "%.0f", (again - back) / 1e6));
    }

    private long lost(List<Call> calls) {
        return calls.stream()
                .filter(Call::acknowledged)
                .filter(call -> !redis.command("GET", key(call.number())).equals(List.of(value(call.number()))))
                .count();
    }
}
