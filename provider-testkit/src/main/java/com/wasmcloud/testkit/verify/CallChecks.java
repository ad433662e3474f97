package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestInvocation;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Calls as hosts make them, one and many, and calls that fail. */
final class CallChecks {
    private static final int CALLERS = 256;

    private CallChecks() {}

    static List<Check> of(HostForm form) {
        return List.of(
                new Check("calls/answered", form, Rule.CALL, trial -> {
                    TestActor actor = trial.lab().actor();
                    trial.sends(trial.lab().kit().operation() + ", signed").expects("what the operation gives");
                    trial.lab().mustServe(actor);
                }),
                new Check("calls/envelope-variants", form, Rule.LENIENT, CallChecks::variants),
                new Check("calls/without-reply-subject", form, Rule.CALL, trial -> {
                    Lab lab = trial.lab();
                    TestActor actor = lab.actor();
                    trial.sends("a call that wants no reply").expects("a provider that serves the next one");
                    lab.publish("", lab.honest(actor).encoded());
                    lab.mustServe(actor);
                }),
                new Check("errors/unknown-operation", form, Rule.ERRORS, trial -> {
                    TestActor actor = trial.lab().actor();
                    for (String operation : List.of("Testkit.NoSuchOperation", "NoDot", "")) {
                        mustFail(trial, actor.invocation(trial.lab().provider(), operation, Bytes.EMPTY));
                    }
                    trial.lab().mustServe(actor);
                }),
                new Check("errors/argument-that-is-something-else", form, Rule.ERRORS, CallChecks::badArguments),
                new Check("callers/" + CALLERS, form, Rule.CALLERS, CallChecks::many));
    }

    private static void variants(Trial trial) {
        Lab lab = trial.lab();
        TestActor actor = lab.actor();
        Map<String, TestInvocation> calls = new LinkedHashMap<>();
        TestInvocation honest = lab.honest(actor);
        calls.put("with a field that nobody knows", honest.field("a_field_that_nobody_knows", Map.of("a", 1)));
        calls.put("without traceContext", lab.honest(actor).field("traceContext", null));
        calls.put(
                "with a traceContext",
                lab.honest(actor)
                        .traced(Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
        calls.put("with an id of 32 digits", lab.honest(actor).field("id", "0123456789abcdef0123456789abcdef"));
        calls.put("with an id that is no UUID", lab.honest(actor).field("id", "018bcfe5-6800-7000-8000-0000000000ff"));
        calls.forEach((what, call) -> {
            trial.sends(lab.kit().operation() + " " + what).expects("what the operation gives");
            Reply reply = lab.send(call);
            if (!lab.kit().isServed(reply)) {
                throw trial.came(reply.toString());
            }
        });
    }

    private static void badArguments(Trial trial) {
        Lab lab = trial.lab();
        String operation = lab.kit()
                .operationWithArgument()
                .orElseThrow(() -> new Skipped("the contract has no operation for the provider to serve"));
        for (String hex : List.of("", "c1", "a5", "dfffffffff", "9191919191", "ccff")) {
            mustFail(
                    trial,
                    lab.actor()
                            .invocation(
                                    lab.provider(),
                                    operation,
                                    Bytes.wrap(HexFormat.of().parseHex(hex))));
        }
        lab.mustServe(lab.actor());
    }

    private static void mustFail(Trial trial, TestInvocation call) {
        trial.sends("a call of '%s' with an argument of '%s'".formatted(call.operation(), call.argumentHex()))
                .expects("an error");
        Reply reply = trial.lab().send(call);
        if (!reply.isError() || reply.error().isBlank()) {
            throw trial.came(reply.toString());
        }
    }

    private static void many(Trial trial) {
        Lab lab = trial.lab();
        TestActor actor = lab.actor();
        List<Kit.Call> calls = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            calls.add(lab.kit().numbered(lab, actor, number));
        }
        List<CompletionStage<Reply>> replies = new ArrayList<>();
        trial.sends(CALLERS + " calls at once").expects("the right reply to each");
        for (Kit.Call call : calls) {
            replies.add(call.invocation()
                    .within(lab.limits().call())
                    .send()
                    .thenApply(Reply::of)
                    .exceptionally(failure ->
                            Reply.error(String.valueOf(Causes.unwrap(failure).getMessage()))));
        }
        int served = 0;
        for (int number = 0; number < CALLERS; number++) {
            trial.sends("%d calls at once, number %d of them: %s"
                    .formatted(CALLERS, number, calls.get(number).what()));
            Reply reply = Await.result(replies.get(number));
            if (calls.get(number).right().test(reply)) {
                served++;
            } else if (!reply.error().startsWith("overloaded")) {
                throw trial.came(reply.toString());
            }
        }
        if (served == 0) {
            throw trial.came("'overloaded' for all");
        }
    }
}
