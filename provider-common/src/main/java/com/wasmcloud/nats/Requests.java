package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Causes;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages that want one answer each. Thread-safe; never blocks. */
final class Requests {
    private final Supplier<Connection> connection;
    private final BooleanSupplier usable;
    private final Outbox outbox;
    private final ScheduledExecutorService clock;

    /**
     * @param usable whether the connection can be used, now or later
     */
    Requests(Supplier<Connection> connection, BooleanSupplier usable, Outbox outbox, ScheduledExecutorService clock) {
        this.connection = connection;
        this.usable = usable;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** As {@link NatsConnection#request} has it. */
    CompletionStage<Message> ask(String subject, Map<String, String> headers, byte[] payload, Duration timeout) {
        if (!outbox.takeRoom(payload.length)) {
            return outbox.room(payload.length, timeout)
                    .thenCompose(room -> requested(subject, headers, payload, timeout));
        }
        return requested(subject, headers, payload, timeout);
    }

    private CompletionStage<Message> requested(
            String subject, Map<String, String> headers, byte[] payload, Duration timeout) {
        CompletionStage<Message> answer = askedNow(subject, headers, payload, timeout);
        if (answer != null) {
            return answer;
        }
        AtomicReference<CompletionStage<Message>> later = new AtomicReference<>();
        return outbox.retry(
                        () -> {
                            later.set(askedNow(subject, headers, payload, timeout));
                            return later.get() != null;
                        },
                        timeout)
                .thenCompose(asked -> later.get());
    }

    /** Sends a request and waits for its answer; null when the client's queue is full, or busy for too long. */
    private @Nullable CompletionStage<Message> askedNow(
            String subject, Map<String, String> headers, byte[] payload, Duration timeout) {
        CompletableFuture<io.nats.client.Message> answer;
        ScheduledFuture<?> late;
        try {
            answer =
                    connection.get().requestWithTimeout(subject, natsHeaders(headers), payload, timeout.plusSeconds(1));
            late = clock.schedule(
                    () -> answer.completeExceptionally(new TimeoutException()),
                    timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (IllegalStateException e) {
            return usable.getAsBoolean() ? null : CompletableFuture.failedFuture(unusable(e));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(
                    RpcException.backend("nats: cannot send to " + subject + ": " + e.getMessage(), e));
        }
        return answer.handle((message, failure) -> {
            late.cancel(false);
            if (failure != null) {
                throw explained(failure, subject, timeout);
            }
            return Message.of(message);
        });
    }

    private static RpcException explained(Throwable failure, String subject, Duration timeout) {
        Throwable cause = Causes.unwrap(failure);
        if (cause instanceof TimeoutException) {
            return RpcException.timeout("no answer on " + subject + " within " + timeout.toMillis() + " ms");
        }
        if (cause instanceof JetStreamStatusException) {
            return RpcException.of(Code.UNREACHABLE, "nats: no responders on " + subject);
        }
        return RpcException.backend("nats: request on " + subject + " failed: " + cause.getMessage(), cause);
    }

    /** Why nothing can be sent over a connection that is closed. */
    static RpcException unusable(IllegalStateException why) {
        return RpcException.of(Code.UNREACHABLE, "nats: " + why.getMessage());
    }

    private static @Nullable Headers natsHeaders(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        Headers all = new Headers();
        headers.forEach(all::put);
        return all;
    }
}
