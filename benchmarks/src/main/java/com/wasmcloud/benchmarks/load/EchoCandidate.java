package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.baseline.Echo;
import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.Candidate.Role;
import com.wasmcloud.benchmarks.candidate.Host;
import java.util.Map;

/** The program that others are compared with for what the messages alone cost. */
final class EchoCandidate {
    private EchoCandidate() {}

    /** One that gets these calls, which are called {@code call} in the tables. */
    static Candidate of(Host host, String call, byte[][] calls) {
        String subject = host.subject("echo");
        return new Candidate(
                "bare echo",
                Role.ECHO,
                subject,
                Candidate.java(Echo.class, host.natsUrl(), subject),
                "",
                Map.of(call, () -> NatsLoad.open(host.natsUrl(), subject, calls, EchoCandidate::check)));
    }

    private static void check(byte[] call, byte[] reply) {
        if (call.length != reply.length) {
            throw new IllegalStateException("the echo is not what was sent");
        }
    }
}
