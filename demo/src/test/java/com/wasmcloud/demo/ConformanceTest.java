package com.wasmcloud.demo;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.verify.Verification;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is shipped keeps the protocol, as anybody can check; suites of contracts are in the tests of each provider. */
@ExtendWith(Servers.class)
class ConformanceTest {
    private static final double PATIENT = 20;
    /** What differs between the families of hosts; all the rest is checked with one of them. */
    private static final List<String> CHECKS = List.of(
            "(Rust host)",
            "start/answers-health (Elixir host)",
            "links/put (Elixir host)",
            "calls/answered (Elixir host)",
            "chunks/argument (Elixir host)",
            "shutdown/of-its-host (Elixir host)");

    private final NatsServer nats;

    ConformanceTest(NatsServer nats) {
        this.nats = nats;
    }

    @TestFactory
    Stream<DynamicTest> keyValue(RedisServer redis) {
        return tests(Part.KEY_VALUE, Map.of("URL", redis.url()));
    }

    @TestFactory
    Stream<DynamicTest> blobs(S3Server s3) {
        return tests(Part.BLOBS, s3.linkValues());
    }

    @TestFactory
    Stream<DynamicTest> http() {
        return tests(Part.HTTP, Map.of());
    }

    @TestFactory
    Stream<DynamicTest> fetch() {
        return tests(Part.FETCH, Map.of());
    }

    @TestFactory
    Stream<DynamicTest> log() {
        return tests(Part.LOG, Map.of());
    }

    private Stream<DynamicTest> tests(Part part, Map<String, String> link) {
        Verification all = Verification.of(
                        DemoProcess.executable(part), part.contract().id())
                .link(link)
                .slack(PATIENT);
        boolean suiteIsElsewhere = part == Part.KEY_VALUE || part == Part.BLOBS;
        List<String> names = all.only(CHECKS).names().stream()
                .filter(name -> !suiteIsElsewhere || !name.startsWith("contract/"))
                .toList();
        return all.only(names).tests(nats);
    }
}
