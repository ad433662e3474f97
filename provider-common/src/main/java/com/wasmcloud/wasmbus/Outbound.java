package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.telemetry.Span;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Makes calls in a lattice: signs, sends, and takes the result out of the answer; large payloads go through the object
 * store both ways. What is on its way counts as memory of the link.
 *
 * <p>Thread-safe; nothing blocks.
 */
public final class Outbound {
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration STORED_ARGUMENT_KEPT = Duration.ofSeconds(1);

    private final NatsConnection connection;
    private final LargePayloads payloads;
    private final Subjects subjects;
    private final Signer signer;
    private final Telemetry telemetry;

    /** Makes calls, and reports them. */
    public Outbound(
            NatsConnection connection, LargePayloads payloads, Subjects subjects, Signer signer, Telemetry telemetry) {
        this.connection = connection;
        this.payloads = payloads;
        this.subjects = subjects;
        this.signer = signer;
        this.telemetry = telemetry;
    }

    /**
     * On whose behalf calls are made.
     *
     * @param cluster signs them
     * @param hostId key of the host
     */
    public record Signer(KeyPair cluster, String hostId) {}

    /**
     * One call.
     *
     * @param operation full name, {@code Service.Method}
     * @param trace W3C trace context to pass on, empty for none
     */
    public record Call(
            Entity origin,
            Entity target,
            String operation,
            Bytes argument,
            Duration timeout,
            Map<String, String> trace) {
        private Call traced(Map<String, String> context) {
            return new Call(origin, target, operation, argument, timeout, context);
        }

        /** For what waits for the answer: the argument is in the message then, and may go when that is sent. */
        private Call withoutArgument() {
            return new Call(origin, target, operation, Bytes.EMPTY, timeout, trace);
        }
    }

    /**
     * Makes the call. The stage fails with {@link RpcException}: TIMEOUT, UNREACHABLE when nobody listens, REMOTE when the
     * other side answers with an error, MALFORMED when its answer makes no sense, OVERLOADED when there is no memory for
     * it, BACKEND when NATS fails.
     *
     * @param memory of the link that it is made for
     * @param counted bytes of the argument for which the caller holds such memory
     * @param turn when to send it; it is encoded and signed at once, unless it is reported, as its span begins then
     */
    public CompletionStage<Bytes> call(Call call, Budget.Share memory, long counted, CompletionStage<?> turn) {
        if (!connection.hasJoined()) {
            return CompletableFuture.failedFuture(RpcException.of(
                    Code.UNREACHABLE, "nats: the provider has not reached the lattice yet; try again later"));
        }
        if (!telemetry.isOn()) {
            return admitted(call, memory, counted, turn);
        }
        return turn.thenCompose(now -> {
            Span span = telemetry.called(call.operation, call.target.publicKey(), call.trace);
            return span.until(admitted(call.traced(span.context(call.trace)), memory, counted, turn));
        });
    }

    private CompletionStage<Bytes> admitted(Call call, Budget.Share memory, long counted, CompletionStage<?> turn) {
        long size = Math.max(0, call.argument.size() - counted);
        if (memory.tryTake(size)) {
            return made(call, memory, size, turn);
        }
        return memory.take(size, call.timeout).thenCompose(lease -> {
            CompletionStage<Bytes> result = made(call, memory, 0, turn);
            return result.whenComplete((bytes, failure) -> lease.close());
        });
    }

    /** @param taken bytes of memory to be given back when the call is over */
    private CompletionStage<Bytes> made(Call call, Budget.Share memory, long taken, CompletionStage<?> turn) {
        CompletionStage<Message> answer;
        String id;
        try {
            Invocation invocation = sign(call);
            id = invocation.id();
            answer = sent(invocation, call, turn);
        } catch (Throwable e) {
            memory.give(taken);
            return CompletableFuture.failedFuture(e);
        }
        Call asked = call.withoutArgument();
        return answer.handle((message, failure) -> {
                    memory.give(taken);
                    return failure == null
                            ? result(message.payload(), id, asked, memory)
                            : CompletableFuture.<Bytes>failedFuture(named(failure, asked));
                })
                .thenCompose(Function.identity());
    }

    /** The envelope of a call, signed and not sent; one too large for a message comes without its argument. */
    public Invocation sign(Call call) {
        String id = id();
        String originUrl = call.origin.url();
        String targetUrl = call.target.url() + "/" + call.operation;
        String hash = Claims.hash(originUrl, targetUrl, call.operation, call.argument);
        String token = Claims.sign(
                signer.cluster, id, targetUrl, originUrl, hash, Instant.now().getEpochSecond());
        return new Invocation(
                call.origin,
                call.target,
                call.operation,
                LargePayloads.isLarge(call.argument) ? Bytes.EMPTY : call.argument,
                id,
                token,
                signer.hostId,
                Optional.of((long) call.argument.size()),
                call.trace.isEmpty() ? Optional.empty() : Optional.of(call.trace));
    }

    private CompletionStage<Message> sent(Invocation invocation, Call call, CompletionStage<?> turn) {
        byte[] message = Invocation.CODEC.encode(invocation, Encoding.MSGPACK).exactArray();
        if (!payloads.fits(message.length)) {
            throw payloads.tooLargeForTheServer("a call of " + call.operation, message.length);
        }
        if (invocation.isChunked()) {
            return turn.thenCompose(now -> payloads.store(invocation.id(), call.argument)
                    .thenCompose(stored -> request(message, call, call.timeout.plus(LargePayloads.EXTRA_TIME)))
                    .whenComplete((answer, failure) -> payloads.deleteLater(invocation.id(), STORED_ARGUMENT_KEPT)));
        }
        Call asked = call.withoutArgument();
        return turn.thenCompose(now -> request(message, asked, asked.timeout));
    }

    private CompletionStage<Message> request(byte[] message, Call call, Duration timeout) {
        return connection.request(subjects.of(call.target), call.trace, message, timeout);
    }

    private CompletionStage<Bytes> result(Bytes answer, String callId, Call call, Budget.Share memory) {
        InvocationResponse response;
        try {
            response = InvocationResponse.CODEC.decode(answer, Encoding.MSGPACK);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(named(e, call));
        }
        String error = response.error().orElse("");
        if (!error.isEmpty()) { // some actors write an empty error into every answer
            return CompletableFuture.failedFuture(RpcException.of(Code.REMOTE, error));
        }
        String id = response.invocationId();
        if (!id.isEmpty() && !id.equals(callId)) {
            return CompletableFuture.failedFuture(
                    RpcException.malformed("the answer of " + call.target.publicKey() + " belongs to another call"));
        }
        return response.isChunked()
                ? fetched(
                        LargePayloads.resultOf(callId), response.contentLength().orElse(0L), call, memory)
                : CompletableFuture.completedFuture(response.msg());
    }

    private CompletionStage<Bytes> fetched(String name, long size, Call call, Budget.Share memory) {
        if (!payloads.takes(size)) {
            return payloads.fetch(name, size); // says why not
        }
        return memory.take(size, call.timeout)
                .thenCompose(lease -> payloads.fetch(name, size).whenComplete((bytes, failure) -> lease.close()));
    }

    /** Says of a transport failure which call it was. */
    private static RpcException named(Throwable failure, Call call) {
        Throwable cause = Causes.unwrap(failure);
        String target = call.operation + " to " + call.target.publicKey();
        if (!(cause instanceof RpcException rpc)) {
            return RpcException.backend("rpc: " + target + " failed: " + cause.getMessage(), cause);
        }
        return switch (rpc.code()) {
            case TIMEOUT ->
                RpcException.timeout(target + " was not answered within " + call.timeout.toMillis() + " ms");
            case UNREACHABLE ->
                RpcException.of(Code.UNREACHABLE, "rpc: " + target + " reached nobody; is it running in this lattice?");
            default -> rpc;
        };
    }

    /** Unique, not secret: 128 random bits without the cost of a secure generator. */
    private static String id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
