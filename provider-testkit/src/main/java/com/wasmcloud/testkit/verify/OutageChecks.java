package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import java.util.List;

/** NATS is restarted, and links come and go meanwhile. */
final class OutageChecks {
    private OutageChecks() {}

    static List<Check> of(HostForm form) {
        return List.of(
                new Check("nats/restarted", form, Rule.OUTAGE, trial -> {
                    NatsServer nats = trial.ownNats();
                    Lab lab = trial.ownLab(nats);
                    TestActor actor = lab.actor();
                    lab.mustServe(actor);
                    trial.sends("kill -9 to NATS, and a new one at the same address")
                            .expects("calls are served again within "
                                    + lab.limits().recovery().toSeconds() + " s");
                    nats.kill();
                    nats.restart();
                    lab.awaitServed(actor, lab.limits().recovery());
                }),
                new Check("nats/links-put-and-deleted-meanwhile", form, Rule.MISSED_LINKS, trial -> {
                    NatsServer nats = trial.ownNats();
                    Lab lab = trial.ownLab(nats);
                    TestActor kept = lab.actor();
                    TestActor deleted = lab.linkedActor();
                    TestActor added = lab.newActor();
                    TestProvider provider = lab.provider();
                    trial.sends("a link put and another one deleted while NATS is unavailable")
                            .expects("within %d s the first is served, and the second is not"
                                    .formatted(lab.limits().recovery().toSeconds()));
                    lab.host().loseLinkMessages(true);
                    provider.link(added, lab.values(added));
                    provider.unlink(deleted);
                    nats.kill();
                    nats.restart();
                    lab.awaitServed(added, lab.limits().recovery());
                    lab.awaitServed(kept, lab.limits().recovery());
                    lab.await("the deleted link was gone", lab.limits().recovery(), () -> {
                        Reply reply = lab.send(lab.honest(deleted));
                        return reply.isError() && !lab.kit().isServed(reply);
                    });
                }));
    }
}
