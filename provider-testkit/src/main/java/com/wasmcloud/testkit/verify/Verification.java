package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Whether an executable keeps the protocol and its contract, in the hands of both families of hosts.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheProtocol(NatsServer nats) {
 *     return Verification.of(Path.of("target/my-provider"), "wasmcloud:keyvalue")
 *             .link(Map.of("URL", redis.url()))
 *             .tests(nats);
 * }
 * }</pre>
 *
 * <p>Immutable: every method that changes something gives a new description. Processes are started by {@link #start} and
 * {@link #tests}, and end with what those return.
 */
public final class Verification {
    private final Target target;
    private final List<String> only;

    private Verification(Target target, List<String> only) {
        this.target = target;
        this.only = only;
    }

    /**
     * Describes what is to be verified: the protocol, and the contract if it is one of those that there is a suite for.
     *
     * @throws IllegalArgumentException when there is no such executable, or this is no contract id
     */
    public static Verification of(Path executable, String contractId) {
        if (!Files.isExecutable(executable) || Files.isDirectory(executable)) {
            throw new IllegalArgumentException("%s is no executable file".formatted(executable));
        }
        return new Verification(
                new Target(executable, Kits.of(contractId), Map.of(), Optional.empty(), new Limits(1)), List.of());
    }

    /** With values for every link. */
    public Verification link(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(target.link());
        all.putAll(values);
        return with(new Target(target.executable(), target.kit(), Map.copyOf(all), target.config(), target.limits()));
    }

    /** With a provider configuration. */
    public Verification config(String json) {
        return with(new Target(target.executable(), target.kit(), target.link(), Optional.of(json), target.limits()));
    }

    /** With all limits to time multiplied, for slow or busy machines. */
    public Verification slack(double factor) {
        return with(new Target(target.executable(), target.kit(), target.link(), target.config(), new Limits(factor)));
    }

    /** Only checks whose full name contains one of these texts. */
    public Verification only(List<String> texts) {
        return new Verification(target, List.copyOf(texts));
    }

    private Verification with(Target changed) {
        return new Verification(changed, only);
    }

    /** The full names of the checks that would be run, in their order. */
    public List<String> names() {
        return checks().stream().map(Check::fullName).toList();
    }

    /** The rules that they go by. */
    Stream<Rule> rules() {
        return checks().stream().map(Check::rule);
    }

    /** Gets ready to run the checks, on a NATS server that stays the caller's. */
    public VerificationRun start(NatsServer nats) {
        return new VerificationRun(target, nats, checks());
    }

    /** The checks as tests of JUnit, in a stream that JUnit closes, which ends all processes. */
    public Stream<DynamicTest> tests(NatsServer nats) {
        VerificationRun run = start(nats);
        return run.checks()
                .map(check -> DynamicTest.dynamicTest(check, () -> {
                    Finding finding = run.play(check);
                    Assumptions.assumeFalse(finding.status() == Status.SKIPPED, finding.came());
                    if (finding.status() == Status.FAILED) {
                        Assertions.fail(finding.explained());
                    }
                }))
                .onClose(run::close);
    }

    private List<Check> checks() {
        List<Check> all = new ArrayList<>();
        for (HostForm form : List.of(HostForm.RUST, HostForm.OTP)) {
            all.addAll(StartChecks.of(form));
            all.addAll(LinkChecks.of(form));
            all.addAll(CallChecks.of(form));
            all.addAll(ForgeryChecks.of(form));
            all.addAll(HostileChecks.of(form));
            all.addAll(ChunkChecks.of(form, target.kit()));
            all.addAll(StartChecks.afterAll(form));
            all.addAll(ShutdownChecks.of(form));
        }
        all.addAll(OutageChecks.of(HostForm.RUST));
        all.addAll(target.kit().suite());
        return all.stream()
                .filter(check -> only.isEmpty()
                        || only.stream().anyMatch(text -> check.fullName().contains(text)))
                .collect(Collectors.toList());
    }
}
