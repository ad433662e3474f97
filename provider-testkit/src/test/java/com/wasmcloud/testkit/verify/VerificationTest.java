package com.wasmcloud.testkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every check of the protocol fails for a provider that does just that wrong, and none for one that does nothing wrong. */
@ExtendWith(Servers.class)
@Execution(ExecutionMode.CONCURRENT) // most of the time of these providers is spent on starting and on waiting
class VerificationTest {
    private static final String CONTRACT = "wasmcloud:keyvalue";
    /** So much more time for a provider that is right, on a busy machine. */
    private static final double PATIENT = 10;
    /** So little for what will never come; starts and calls get their usual time. */
    private static final double SOON = 0.2;

    private static final Set<Fault> CANNOT_START = Set.of(
            Fault.EXITS_AT_ONCE,
            Fault.NEVER_SUBSCRIBES,
            Fault.NEEDS_A_HEALTH_BODY,
            Fault.NEEDS_PADDING,
            Fault.READS_64_KB);

    private final NatsServer nats;
    private final Path folder;

    VerificationTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.folder = folder;
    }

    @Test
    void passesAProviderWithoutFaults() throws IOException {
        Verification verification = verification(Fault.NONE).slack(PATIENT);
        try (VerificationRun run = verification.start(nats)) {
            assertThat(run.checks().map(run::play))
                    .as("checks that failed")
                    .allMatch(finding -> finding.status() == Status.PASSED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void failsAProviderWithAFault(Fault fault) throws IOException {
        Verification verification = verification(fault).slack(SOON).only(fault.noticed());
        assertThat(verification.names()).containsExactlyInAnyOrderElementsOf(fault.noticed());
        try (VerificationRun run = verification.start(nats)) {
            assertThat(run.checks().map(run::play)).allSatisfy(finding -> {
                assertThat(finding.status()).as(finding.check()).isEqualTo(Status.FAILED);
                assertThat(finding.explained()).contains("sent  ", "expected  ", "rule  ", "came  ");
                assertThat(finding.came()).isNotBlank();
                assertThat(finding.came().contains("answered a health request"))
                        .as(finding.came())
                        .isEqualTo(CANNOT_START.contains(fault));
                assertThat(finding.sent()).isNotBlank();
            });
        }
    }

    @Test
    void everyCheckOfTheProtocolIsKnownToBeAbleToFail() throws IOException {
        Set<String> known = new HashSet<>();
        Stream.of(Fault.values())
                .flatMap(fault -> fault.noticed().stream())
                .forEach(name -> known.add(withoutForm(name)));
        List<String> all = verification(Fault.NONE).names().stream()
                .map(VerificationTest::withoutForm)
                .filter(name -> !name.startsWith("contract/"))
                .distinct()
                .toList();
        assertThat(known).containsAll(all);
    }

    private Verification verification(Fault fault) throws IOException {
        return Verification.of(FaultyProvider.executable(folder, fault), CONTRACT);
    }

    private static String withoutForm(String name) {
        return name.substring(0, name.indexOf(" ("));
    }
}
