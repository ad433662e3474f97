package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.keyvalue.redis.RedisAddress.Node;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks sentinels, one after the other, which server is the primary now; the first that knows is believed.
 *
 * <p>The client can do that too, with machinery that costs as much memory as all the rest of it, and with a warning in the
 * log, user name included, for each sentinel that is away.
 */
final class Sentinels {
    private final RedisSettings settings;
    private final LeanClient client;

    Sentinels(RedisSettings settings, LeanClient client) {
        this.settings = settings;
        this.client = client;
    }

    CompletionStage<Node> primary() {
        return primary(settings.address().nodes(), new ArrayList<>());
    }

    private CompletionStage<Node> primary(List<Node> sentinels, List<String> failures) {
        if (sentinels.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new RedisConnectionException("no sentinel names it (" + String.join("; ", failures) + ")"));
        }
        Node sentinel = sentinels.get(0);
        return ask(sentinel).exceptionallyCompose(failure -> {
            failures.add(sentinel + ": " + Reasons.of(failure));
            return primary(sentinels.subList(1, sentinels.size()), failures);
        });
    }

    private CompletionStage<Node> ask(Node sentinel) {
        return client.connectTo(LettuceSetup.sentinel(settings, sentinel))
                .thenCompose(connection -> {
                    AsyncCommand<byte[], byte[], List<byte[]>> question =
                            Commands.primary(settings.address().name());
                    connection.dispatch(question);
                    return question.whenComplete((answer, failure) -> {
                        CompletableFuture<Void> unused = connection.closeAsync();
                    });
                })
                .thenApply(this::node);
    }

    private Node node(List<byte[]> answer) {
        if (answer.size() != 2) {
            throw new RedisConnectionException(
                    "knows no primary called " + settings.address().name());
        }
        return new Node(text(answer.get(0)), Integer.parseInt(text(answer.get(1))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
