package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.verify.Finding;
import com.wasmcloud.testkit.verify.Verification;
import com.wasmcloud.testkit.verify.VerificationRun;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is shipped keeps the protocol, as anybody can check; suites of contracts are in the tests of each provider. */
@ExtendWith(Servers.class)
@Execution(ExecutionMode.CONCURRENT)
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

    /** Those with contracts whose checks are a suite that the tests of the provider extend. */
    private static final Set<Part> SUITE_IS_ELSEWHERE = EnumSet.of(Part.KEY_VALUE, Part.BLOBS);

    private static final int FEWEST = 40;

    private final NatsServer nats;

    ConformanceTest(NatsServer nats) {
        this.nats = nats;
    }

    @Test
    void keyValue(RedisServer redis) {
        mustPass(Part.KEY_VALUE, Map.of("URL", redis.url()));
    }

    @Test
    void blobs(S3Server s3) {
        mustPass(Part.BLOBS, s3.linkValues());
    }

    @Test
    void httpServer() {
        mustPass(Part.HTTP, Map.of());
    }

    @Test
    void httpClient() {
        mustPass(Part.FETCH, Map.of());
    }

    @Test
    void log() {
        mustPass(Part.LOG, Map.of());
    }

    private void mustPass(Part part, Map<String, String> link) {
        Verification all = Verification.of(
                        DemoProcess.executable(part), part.contract().id())
                .link(link)
                .slack(PATIENT);
        List<String> names = all.only(CHECKS).names().stream()
                .filter(name -> !SUITE_IS_ELSEWHERE.contains(part) || !name.startsWith("contract/"))
                .toList();
        try (VerificationRun run = all.only(names).start(nats)) {
            List<Finding> findings = run.checks().map(run::play).toList();
            assertThat(findings).hasSizeGreaterThan(FEWEST);
            assertThat(findings.stream()
                            .filter(finding -> finding.status() == Finding.Status.FAILED)
                            .map(finding -> finding.check() + "\n" + finding.explained()))
                    .isEmpty();
        }
    }
}
