package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.ProviderProcess;
import com.wasmcloud.testkit.host.TestProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The end of a provider. */
final class ShutdownChecks {
    /** Longer than the rest of the check takes. */
    private static final Duration ANSWERS = Duration.ofSeconds(20);

    private ShutdownChecks() {}

    static List<Check> of(HostForm form) {
        return List.of(
                new Check("shutdown/of-another-host", form, Rule.FOREIGN_SHUTDOWN, trial -> {
                    Lab lab = trial.ownLab();
                    TestProvider provider = lab.provider();
                    trial.sends("a shutdown message for another host, a call, and a shutdown message of its own host")
                            .expects("no reply to the first, a result, and an acknowledgement of the second");
                    CompletableFuture<Bytes> foreign = lab.host()
                            .ask(provider.subject() + ".shutdown", Bytes.utf8("{\"host_id\":\"NOTHER\"}"), ANSWERS)
                            .toCompletableFuture();
                    boolean served = lab.serves(lab.actor());
                    mustBeSilent(trial, foreign);
                    if (!served) {
                        lab.mustLive();
                        throw trial.came("no result of a call afterwards");
                    }
                    try {
                        String unused = provider.shutdown();
                    } finally {
                        mustBeSilent(trial, foreign); // what was sent first is answered first
                    }
                }),
                new Check("shutdown/of-its-host", form, Rule.SHUTDOWN, trial -> {
                    Lab lab = trial.ownLab();
                    lab.mustServe(lab.actor());
                    TestProvider provider = lab.provider();
                    long limit = lab.limits().acknowledgement().toMillis();
                    trial.sends("a shutdown message").expects("an acknowledgement within %d ms".formatted(limit));
                    long begin = System.nanoTime();
                    String unused = provider.shutdown();
                    long took = (System.nanoTime() - begin) / 1_000_000;
                    if (took > limit) {
                        throw trial.came("one after %d ms".formatted(took));
                    }
                    mustEnd(trial, provider.process(), true);
                }),
                new Check("shutdown/of-a-host-without-a-name", form, Rule.NAMELESS_SHUTDOWN, trial -> {
                    TestProvider provider = trial.ownLab().provider();
                    trial.sends("a shutdown message with no body").expects("an acknowledgement");
                    String unused = provider.requestShutdown(Bytes.EMPTY);
                    mustEnd(trial, provider.process(), true);
                }),
                new Check("shutdown/sigterm", form, Rule.SIGTERM, trial -> {
                    TestProvider provider = trial.ownLab().provider();
                    trial.sends("SIGTERM").expects("the end of the process");
                    provider.process().terminate();
                    mustEnd(trial, provider.process(), false);
                }));
    }

    private static void mustBeSilent(Trial trial, CompletableFuture<Bytes> answer) {
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            throw trial.came("the reply '" + answer.join().toUtf8() + "' to the first");
        }
    }

    private static void mustEnd(Trial trial, ProviderProcess process, boolean inOrder) {
        trial.expects("the end of the process%s within %d s"
                .formatted(
                        inOrder ? " with exit code 0" : "",
                        trial.current().limits().exit().toSeconds()));
        Await.until("it ended", trial.current().limits().exit(), () -> !process.running());
        int code = process.awaitExit();
        if (inOrder && code != 0) {
            throw trial.came("exit code " + code);
        }
    }
}
