package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisConnectionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks sentinels, one after the other, which server is the primary now; the first that knows is believed.
 *
 * <p>The client can do that too, with machinery that costs as much memory as all the rest of it, and with a warning in the
 * log, user name included, for each sentinel that is unavailable.
 */
final class SentinelLookup {
    private final RedisSettings settings;
    private final RedisAddress.Sentinels sentinels;
    private final LeanClient client;
    private final Login login;

    SentinelLookup(RedisSettings settings, RedisAddress.Sentinels sentinels, LeanClient client, Login login) {
        this.settings = settings;
        this.sentinels = sentinels;
        this.client = client;
        this.login = login;
    }

    /** Fails when no sentinel knows, with what each said as the suppressed failures. */
    CompletionStage<Node> primary() {
        return primary(sentinels.nodes(), new ArrayList<>());
    }

    private record Failed(Node sentinel, Throwable why) {
        @Override
        public String toString() {
            return sentinel + ": " + Reasons.of(why);
        }
    }

    private CompletionStage<Node> primary(List<Node> remaining, List<Failed> failed) {
        if (remaining.isEmpty()) {
            String reasons =
                    String.join("; ", failed.stream().map(Failed::toString).toList());
            RedisConnectionException unknown = new RedisConnectionException("no sentinel names it (" + reasons + ")");
            failed.forEach(each -> unknown.addSuppressed(each.why));
            return CompletableFuture.failedFuture(unknown);
        }
        Node sentinel = remaining.get(0);
        return ask(sentinel).exceptionallyCompose(failure -> {
            failed.add(new Failed(sentinel, failure));
            return primary(remaining.subList(1, remaining.size()), failed);
        });
    }

    private CompletionStage<Node> ask(Node sentinel) {
        return client.connectTo(ClientSetup.sentinel(settings, sentinel, login))
                .thenCompose(connection -> {
                    Request<List<byte[]>> question = Commands.primary(sentinels.primary());
                    connection.dispatch(question);
                    return question.whenComplete((answer, failure) -> {
                        CompletableFuture<Void> unused = connection.closeAsync();
                    });
                })
                .thenApply(this::node);
    }

    private Node node(List<byte[]> answer) {
        if (answer.size() != 2) {
            throw new RedisConnectionException("knows no primary called " + sentinels.primary());
        }
        return new Node(text(answer.get(0)), Integer.parseInt(text(answer.get(1))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
