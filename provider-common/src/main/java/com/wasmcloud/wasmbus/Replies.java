package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.Admission;
import com.wasmcloud.provider.Call;
import com.wasmcloud.provider.CurrentCall;
import com.wasmcloud.provider.support.RareLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts results and failures into envelopes and sends them. Thread-safe. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    /** How long a stored result waits for the caller to fetch it; hosts give up after 15 seconds. */
    private static final Duration RESULT_KEPT = Duration.ofSeconds(60);
    /** How long a result waits for NATS to take it; the caller gives up by then, or nearly so. */
    private static final Duration SENT_WITHIN = Duration.ofSeconds(10);

    private static final int LONGEST_TEXT = 32 * 1024;

    private final NatsConnection connection;
    private final LargePayloads payloads;
    private final RareLog unexpected = new RareLog(LOG);
    private final RareLog unsent = new RareLog(LOG);

    Replies(NatsConnection connection, LargePayloads payloads) {
        this.connection = connection;
        this.payloads = payloads;
    }

    /**
     * Sends a result, which takes memory until it is sent.
     *
     * @return null when it is sent, or what completes then
     * @throws RuntimeException when it cannot be sent
     */
    @Nullable
    CompletionStage<?> result(@Nullable String replyTo, Invocation invocation, Bytes result, Admission<?> admission) {
        if (replyTo == null) {
            return null;
        }
        if (admission.tryHold(result.size())) {
            return send(replyTo, invocation, result);
        }
        return admission.hold(result.size()).thenCompose(held -> end(send(replyTo, invocation, result)));
    }

    private @Nullable CompletionStage<?> send(String replyTo, Invocation invocation, Bytes result) {
        if (LargePayloads.isLarge(result)) {
            return store(replyTo, invocation, result);
        }
        byte[] message = encoded(InvocationResponse.of(invocation.id(), result));
        if (!payloads.fits(message.length)) {
            if (invocation.isOfElixirHost()) {
                return store(replyTo, invocation, result);
            }
            throw payloads.tooLargeForTheServer("the reply to " + invocation.operation(), message.length);
        }
        return connection.send(replyTo, message, SENT_WITHIN);
    }

    private CompletionStage<?> store(String replyTo, Invocation invocation, Bytes result) {
        String name = LargePayloads.resultOf(invocation.id());
        byte[] message = encoded(InvocationResponse.stored(invocation.id(), result.size()));
        return payloads.store(name, result).thenCompose(stored -> {
            payloads.deleteLater(name, RESULT_KEPT);
            return end(connection.send(replyTo, message, SENT_WITHIN));
        });
    }

    private static CompletionStage<?> end(@Nullable CompletionStage<?> sent) {
        return sent == null ? CompletableFuture.completedFuture(null) : sent;
    }

    /** Sends what the caller is told of a failure. Never throws. */
    void failure(@Nullable String replyTo, Call call, @Nullable Throwable failure) {
        failure(replyTo, call.id(), text(call, failure));
    }

    /** Sends a text. Never throws. */
    void failure(@Nullable String replyTo, String id, String text) {
        if (replyTo == null) {
            return;
        }
        try {
            CompletionStage<?> sent =
                    connection.send(replyTo, encoded(InvocationResponse.failure(id, cut(text))), SENT_WITHIN);
            if (sent != null) {
                CompletionStage<?> unused = sent.whenComplete((done, lost) -> {
                    if (lost != null) {
                        unsent(id, lost);
                    }
                });
            }
        } catch (RuntimeException e) {
            unsent(id, e);
        }
    }

    private void unsent(String id, Throwable why) {
        unsent.error("cannot send the reply to invocation " + id + "; its caller will time out", why);
    }

    private String cut(String text) {
        int most = (int) Math.min(LONGEST_TEXT, connection.maxPayload() / 8);
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    private String text(Call call, @Nullable Throwable failure) {
        try (CurrentCall current = CurrentCall.enter(call)) {
            if (failure instanceof RpcException expected && expected.getMessage() != null) {
                LOG.debug("the call failed: {}", expected.getMessage());
                return expected.getMessage();
            }
            if (failure instanceof RejectedExecutionException) { // it stops
                return "overloaded: too many calls are in flight at this provider; try again later";
            }
            unexpected.error(
                    "the call failed in a way the provider did not expect",
                    failure == null ? new NullPointerException("the result is null") : failure);
        }
        return "internal error in the provider during " + call.operation() + "; its log has the cause";
    }

    private static byte[] encoded(InvocationResponse response) {
        return InvocationResponse.CODEC.encode(response, Encoding.MSGPACK).exactArray();
    }
}
