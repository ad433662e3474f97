package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestInvocation;
import com.wasmcloud.wasmbus.Entity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Calls that claim what is not so. Each is one change to a call that would be served. */
final class ForgeryChecks {
    private static final long HOUR = 3600;

    private final HostForm form;
    private final List<Check> checks = new ArrayList<>();

    private ForgeryChecks(HostForm form) {
        this.form = form;
    }

    static List<Check> of(HostForm form) {
        ForgeryChecks all = new ForgeryChecks(form);
        all.signatures();
        all.claims();
        all.envelope();
        return List.copyOf(all.checks);
    }

    private void signatures() {
        add(
                "another-issuer",
                "signed by a cluster that is not in cluster_issuers",
                (lab, call) -> call.signedBy(stranger()));
        add("borrowed-issuer", "with a trusted 'iss', signed by another key", (lab, call) -> call.signedBy(stranger())
                .claim("iss", lab.host().cluster().publicKey()));
        token("changed-signature", "with one bit of the signature changed", ForgeryChecks::flipped);
        token("no-signature", "with an empty signature", token -> token.substring(0, token.lastIndexOf('.') + 1));
        token("two-segments", "with a token of two segments", token -> token.substring(0, token.lastIndexOf('.')));
        token("no-token", "with an empty token", token -> "");
        token("garbage-token", "with a token of no sense", token -> "a.b.c");
        token("algorithm-none", "with the algorithm 'none' and no signature", token -> {
            String header = base64("{\"typ\":\"jwt\",\"alg\":\"none\"}");
            return header + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
        });
    }

    private void claims() {
        add("expired", "with 'exp' an hour ago", (lab, call) -> call.claim("exp", now() - HOUR));
        add("not-valid-yet", "with 'nbf' in an hour", (lab, call) -> call.claim("nbf", now() + HOUR));
        add("no-wascap", "without 'wascap' in the claims", (lab, call) -> call.claim("wascap", null));
        add("no-subject", "without 'sub' in the claims", (lab, call) -> call.claim("sub", null));
        add("other-hash", "with the hash of another call", (lab, call) -> call.claim("hash", "0".repeat(64)));
        add(
                "other-target-url",
                "with a target_url of another operation in the claims",
                (lab, call) -> call.claim("target_url", "wasmbus://wasmcloud/x/default/V/X.Y"));
        add(
                "other-origin-url",
                "with an origin_url of another actor in the claims",
                (lab, call) ->
                        call.claim("origin_url", "wasmbus://" + lab.newActor().key()));
    }

    private void envelope() {
        add("changed-argument", "with another argument than was signed", (lab, call) -> {
            byte[] changed = lab.kit().argument().toByteArray();
            changed[changed.length - 1] ^= 1;
            return call.field("msg", Bytes.wrap(changed));
        });
        add(
                "changed-operation",
                "with another operation than was signed",
                (lab, call) -> call.field("operation", lab.kit().otherOperation()));
        add("changed-origin", "with the key of another linked actor as origin", (lab, call) -> {
            TestActor other = lab.linkedActor();
            return call.field("origin", Map.of("public_key", other.key(), "link_name", "", "contract_id", ""));
        });
        add("another-target", "signed for another provider, sent to this one", (lab, call) -> {
            String other = KeyPair.generate(KeyRole.PROVIDER).publicKey();
            return call.target(new Entity(other, "default", lab.kit().contractId()));
        });
        add("no-host", "with the host id 'nobody'", (lab, call) -> call.field("host_id", "nobody"));
        checks.add(new Check("forgeries/unlinked-actor", form, Rule.LINKED, trial -> {
            Lab lab = trial.lab();
            TestActor stranger = lab.newActor();
            mustBeRefused(trial, "a well signed call by an actor without a link", lab.honest(stranger));
        }));
    }

    private void token(String name, String how, java.util.function.UnaryOperator<String> change) {
        add(name, how, (lab, call) -> call.field("encoded_claims", change.apply(call.token())));
    }

    private void add(String name, String how, BiFunction<Lab, TestInvocation, TestInvocation> forge) {
        checks.add(new Check("forgeries/" + name, form, Rule.CLAIMS, trial -> {
            Lab lab = trial.lab();
            TestInvocation call = forge.apply(lab, lab.honest(lab.actor()));
            mustBeRefused(trial, lab.kit().operation() + " " + how, call);
        }));
    }

    private static void mustBeRefused(Trial trial, String what, TestInvocation call) {
        Lab lab = trial.lab();
        trial.sends(what).expects("an error that refuses it");
        Reply reply = lab.send(call);
        if (!reply.isError() || reply.error().isBlank() || lab.kit().isServed(reply)) {
            throw trial.came(reply.toString());
        }
        if (reply.error().contains(lab.host().cluster().seed())) {
            throw trial.came("an error text with the seed in it");
        }
        trial.sends("an honest call after " + what).expects("what the operation gives");
        lab.mustServe(lab.actor());
    }

    private static String flipped(String token) {
        int dot = token.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot));
        signature[10] ^= 1;
        return token.substring(0, dot) + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair stranger() {
        return KeyPair.generate(KeyRole.CLUSTER);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
