package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestInvocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Envelopes that nobody honest sends. Each has to be answered with an error, for some callers wait for ever. */
final class HostileChecks {
    private static final int DEEP = 100_000;

    private HostileChecks() {}

    static List<Check> of(HostForm form) {
        return List.of(
                check("hostile/no-messagepack", form, trial -> {
                    for (String hex : List.of("", "c1", "c0", "00", "7b7d", "93010203", "80", "ffffffff")) {
                        mustFail(trial, "the bytes '" + hex + "'", bytes(hex));
                    }
                }),
                check("hostile/lengths-that-lie", form, trial -> {
                    for (String hex : List.of(
                            "df7fffffff",
                            "dfffffffff",
                            "ddffffffff",
                            "c6ffffffff",
                            "dbffffffff",
                            "81a36d7367c67fffffff")) {
                        mustFail(trial, "the bytes '" + hex + "'", bytes(hex));
                    }
                }),
                check("hostile/nested-deeply", form, trial -> {
                    byte[] nested = new byte[DEEP];
                    Arrays.fill(nested, (byte) 0x91);
                    mustFail(trial, DEEP + " arrays in each other", Bytes.wrap(nested));
                }),
                check("hostile/cut-off", form, HostileChecks::cutOff),
                check("hostile/missing-fields", form, HostileChecks::missing),
                check("hostile/fields-of-other-types", form, HostileChecks::mistyped),
                check("hostile/announced-payloads", form, HostileChecks::announced));
    }

    private static Check check(String name, HostForm form, Check.Scenario scenario) {
        return new Check(name, form, Rule.HOSTILE, trial -> {
            TestActor actor = trial.lab().actor();
            scenario.play(trial);
            trial.sends("an honest call after all that").expects("what the operation gives");
            trial.lab().mustServe(actor);
        });
    }

    private static void cutOff(Trial trial) {
        Bytes whole = honest(trial).encoded();
        for (int size : new int[] {1, 10, 100, whole.size() / 2, whole.size() - 1}) {
            mustFail(
                    trial,
                    "the first %d of the %d bytes of an invocation".formatted(size, whole.size()),
                    Bytes.wrap(Arrays.copyOf(whole.toByteArray(), size)));
        }
    }

    private static void missing(Trial trial) {
        for (String field : List.of("origin", "target", "operation", "msg", "id", "encoded_claims", "host_id")) {
            mustFail(
                    trial,
                    "an invocation without '" + field + "'",
                    honest(trial).field(field, null).encoded());
        }
    }

    private static void mistyped(Trial trial) {
        Map<String, Object> types = Map.of(
                "origin", "text",
                "target", List.of(),
                "operation", 7,
                "msg", Map.of("a", "b"),
                "encoded_claims", List.of(1),
                "host_id", Map.of(),
                "content_length", "many");
        types.forEach((field, value) -> mustFail(
                trial,
                "an invocation with '%s' as %s".formatted(field, value),
                honest(trial).field(field, value).encoded()));
    }

    private static void announced(Trial trial) {
        for (long length : new long[] {1_000_000, Long.MAX_VALUE, -1}) {
            mustFail(
                    trial,
                    "an invocation with content_length %d and nothing in the object store".formatted(length),
                    honest(trial).field("content_length", length).encoded());
        }
    }

    private static TestInvocation honest(Trial trial) {
        return trial.lab().honest(trial.lab().actor());
    }

    private static void mustFail(Trial trial, String what, Bytes message) {
        trial.sends(what).expects("an InvocationResponse with 'error' and 'content_length'");
        Lab lab = trial.lab();
        Bytes reply;
        try {
            reply = lab.host()
                    .request(lab.provider().subject(), message, lab.limits().call());
        } catch (RpcException silence) {
            throw trial.came("no reply: " + silence.getMessage());
        }
        InvocationResponse response;
        try {
            response = InvocationResponse.CODEC.decode(reply, Encoding.MSGPACK);
        } catch (RpcException unusable) {
            throw trial.came(reply.toHex() + ", which is none: " + unusable.getMessage());
        }
        if (response.error().orElse("").isBlank() || response.contentLength().isEmpty()) {
            throw trial.came(response.toString());
        }
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
