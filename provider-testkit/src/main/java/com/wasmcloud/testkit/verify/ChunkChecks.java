package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.Message;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.wasmbus.LargePayloads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Payloads that are too large for a message, both ways, and those that are just not. */
final class ChunkChecks {
    private static final int LIMIT = LargePayloads.LARGEST_INLINE;
    /** More than Elixir hosts send in a message, and less than anybody else's limit. */
    private static final int ELIXIR_CHUNKS = 800 * 1024;

    private static final int LARGE = 2 * 1024 * 1024 + 1;

    private ChunkChecks() {}

    /** Those that apply to a contract. */
    static List<Check> of(HostForm form, Kit kit) {
        List<Check> checks = new ArrayList<>();
        if (kit.hasLargeArguments()) {
            checks.add(new Check("chunks/argument", form, Rule.CHUNKED, ChunkChecks::argument));
        }
        if (kit.hasLargeResults()) {
            checks.add(new Check("chunks/result", form, Rule.CHUNKED, ChunkChecks::result));
            checks.add(new Check("chunks/result-description", form, Rule.METADATA, ChunkChecks::description));
        }
        return checks;
    }

    private static void argument(Trial trial) {
        for (int size : List.of(ELIXIR_CHUNKS, LIMIT, LIMIT + 1, LARGE)) {
            Kit.Call call = trial.lab().kit().largeArgument(trial.lab(), size);
            play(trial, call, "%s with an argument of %d bytes".formatted(call.what(), size));
            mustBeRemoved(trial, call.invocation().id());
        }
    }

    private static void result(Trial trial) {
        for (int size : List.of(LIMIT, LIMIT + 1, LARGE)) {
            Kit.Call call = trial.lab().kit().largeResult(trial.lab(), size);
            String how = size > LIMIT ? "in the object store" : "in the message";
            play(trial, call, "%s, whose result has %d bytes and belongs %s".formatted(call.what(), size, how));
        }
    }

    private static void description(Trial trial) {
        Lab lab = trial.lab();
        Kit.Call call = lab.kit().largeResult(lab, LIMIT + 1);
        Queue<Message> descriptions = new ConcurrentLinkedQueue<>();
        String name = call.invocation().id() + "-r";
        lab.host().connection().subscribe(description(lab, name), descriptions::add);
        play(trial, call, "%s, whose result has %d bytes".formatted(call.what(), LIMIT + 1));
        trial.expects("a description with name, bucket, nuid, size, chunks, digest, mtime and modified");
        lab.await("the description of " + name + " was published", lab.limits().link(), () -> !descriptions.isEmpty());
        Map<String, @Nullable Object> first = Json.object(descriptions.element().payload());
        for (String key : List.of("name", "bucket", "nuid", "size", "chunks", "digest", "mtime", "modified")) {
            if (first.get(key) == null) {
                throw trial.came("one without '%s': %s".formatted(key, Json.write(first)));
            }
        }
    }

    /** The subject that an object is described on. */
    private static String description(Lab lab, String name) {
        return "$O." + lab.host().lattice() + ".M."
                + Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static void play(Trial trial, Kit.Call call, String what) {
        trial.sends(what).expects("what the operation gives");
        Reply reply = trial.lab().send(call.invocation());
        if (!call.right().test(reply)) {
            throw trial.came(reply.toString());
        }
    }

    private static void mustBeRemoved(Trial trial, String name) {
        Lab lab = trial.lab();
        trial.expects("the payload is removed from the object store");
        lab.await("the object " + name + " was removed", lab.limits().link(), () -> isGone(lab, name));
    }

    private static boolean isGone(Lab lab, String name) {
        String bucket = lab.host().lattice();
        String subject =
                "$O." + bucket + ".M." + Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        Bytes answer = lab.host()
                .request(
                        "$JS.API.STREAM.MSG.GET.OBJ_" + lab.host().lattice(),
                        Bytes.utf8(Json.write(Map.of("last_by_subj", subject))));
        String data = Json.text(Json.object(Json.object(answer), "message"), "data");
        return data.isEmpty()
                || Boolean.TRUE.equals(
                        Json.object(Bytes.wrap(Base64.getDecoder().decode(data)))
                                .get("deleted"));
    }
}
