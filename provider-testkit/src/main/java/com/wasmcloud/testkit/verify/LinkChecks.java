package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Links: put, put again, changed, deleted, and put while nobody listens. */
final class LinkChecks {
    private LinkChecks() {}

    static List<Check> of(HostForm form) {
        return List.of(
                new Check("links/put", form, Rule.PUT, trial -> {
                    trial.sends("a put of a new link").expects("calls of its actor are served");
                    TestActor unused = trial.lab().linkedActor();
                }),
                new Check("links/put-again", form, Rule.PUT, trial -> {
                    TestActor actor = trial.lab().linkedActor();
                    trial.sends("five puts of a link that is there").expects("calls of its actor are served as before");
                    for (int i = 0; i < 5; i++) {
                        trial.lab().provider().link(actor, trial.lab().values(actor));
                        trial.lab().mustServe(actor);
                    }
                }),
                new Check("links/put-with-other-values", form, Rule.PUT, LinkChecks::changed),
                new Check("links/deleted", form, Rule.DELETE, LinkChecks::deleted),
                new Check("links/deleted-without-being-there", form, Rule.DELETE, trial -> {
                    TestActor linked = trial.lab().linkedActor();
                    trial.sends("a deletion of a link that was never put").expects("other links are served as before");
                    trial.lab().provider().unlink(trial.lab().newActor());
                    settle(trial);
                    trial.lab().mustServe(linked);
                }),
                new Check("links/put-again-after-deletion", form, Rule.PUT, trial -> {
                    TestActor actor = trial.lab().linkedActor();
                    trial.lab().provider().unlink(actor);
                    awaitUnlinked(trial, actor);
                    trial.sends("a put of a link that was deleted").expects("calls of its actor are served");
                    trial.lab().provider().link(actor, trial.lab().values(actor));
                    trial.lab().awaitServed(actor, trial.lab().limits().link());
                }),
                new Check("links/garbage", form, Rule.HOSTILE, LinkChecks::garbage),
                new Check("links/put-while-it-starts", form, Rule.MISSED_LINKS, trial -> {
                    Lab lab = trial.ownLab();
                    trial.sends("a put right after the start of the process, and no other")
                            .expects("calls of its actor are served within "
                                    + lab.limits().recovery().toSeconds() + " s");
                    TestProvider provider = lab.launch(UnaryOperator.identity());
                    TestActor late = lab.newActor();
                    provider.link(late, lab.values(late));
                    lab.awaitAnswer();
                    lab.awaitServed(late, lab.limits().recovery());
                }));
    }

    private static void changed(Trial trial) {
        Lab lab = trial.lab();
        TestActor actor = lab.linkedActor();
        Map<String, String> other = new HashMap<>(lab.values(actor));
        other.put("a_value_that_nobody_knows", "1");
        trial.sends("a put of a link that is there with one value more")
                .expects("calls of its actor are served as before");
        lab.provider().link(actor, other);
        settle(trial);
        lab.awaitServed(actor, lab.limits().link());
    }

    private static void deleted(Trial trial) {
        Lab lab = trial.lab();
        TestActor kept = lab.linkedActor();
        TestActor deleted = lab.linkedActor();
        trial.sends("a deletion of one of two links")
                .expects("an error for its actor, and calls of the other are served");
        lab.provider().unlink(deleted);
        awaitUnlinked(trial, deleted);
        lab.mustServe(kept);
    }

    static void awaitUnlinked(Trial trial, TestActor actor) {
        Lab lab = trial.current();
        lab.await("the actor was refused", lab.limits().link(), () -> {
            Reply reply = lab.send(lab.honest(actor));
            return reply.isError() && !lab.kit().isServed(reply);
        });
    }

    private static void garbage(Trial trial) {
        TestActor linked = trial.lab().linkedActor();
        for (String suffix : List.of(".linkdefs.put", ".linkdefs.del")) {
            for (String hex :
                    List.of("", "00", "7b", "c1", "c0", "80", "85a86163746f725f6964", "ffffffff", "dfffffffff")) {
                trial.sends("the bytes '%s' on …%s".formatted(hex, suffix)).expects("other links are served as before");
                trial.lab().publish(suffix, Bytes.wrap(HexFormat.of().parseHex(hex)));
            }
            settle(trial);
            trial.lab().mustServe(linked);
        }
    }

    /** Returns when a put and a deletion that are sent now have taken effect: then so has what was sent before them. */
    private static void settle(Trial trial) {
        Lab lab = trial.lab();
        TestActor later = lab.linkedActor();
        lab.provider().unlink(later);
        awaitUnlinked(trial, later);
        lab.mustLive();
    }
}
