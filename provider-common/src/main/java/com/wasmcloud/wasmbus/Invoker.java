package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.nats.LatticeConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes calls in a lattice: signs, sends, and takes the result out of the answer; payloads above 900 KiB go through the
 * store both ways.
 *
 * <p>Thread-safe; nothing blocks.
 */
public final class Invoker {
    /** What a call through the object store may take beyond its timeout. */
    public static final Duration EXTRA_FOR_LARGE_PAYLOADS = Duration.ofSeconds(13);

    private static final HexFormat HEX = HexFormat.of();

    private final LatticeConnection connection;
    private final PayloadStore payloads;
    private final Subjects subjects;
    private final KeyPair cluster;
    private final String hostId;

    /**
     * @param cluster signs the calls
     * @param hostId key of the host on whose behalf they are made
     */
    public Invoker(
            LatticeConnection connection, PayloadStore payloads, Subjects subjects, KeyPair cluster, String hostId) {
        this.connection = connection;
        this.payloads = payloads;
        this.subjects = subjects;
        this.cluster = cluster;
        this.hostId = hostId;
    }

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
            Map<String, String> trace) {}

    /**
     * Makes the call. The stage fails with {@link RpcException}: TIMEOUT, UNREACHABLE when nobody listens, REMOTE when the
     * other side answers with an error, MALFORMED when its answer makes no sense, BACKEND when NATS fails.
     */
    public CompletionStage<Bytes> invoke(Call call) {
        try {
            Invocation invocation = sign(call);
            if (!invocation.isChunked()) {
                return send(invocation, call, call.timeout);
            }
            return payloads.store(invocation.id(), call.argument)
                    .thenCompose(stored -> send(invocation, call, call.timeout.plus(EXTRA_FOR_LARGE_PAYLOADS)))
                    .whenComplete((result, failure) -> payloads.deleteLater(invocation.id(), Duration.ofSeconds(1)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The envelope of a call, signed and not sent; one too large for a message comes without its argument. */
    public Invocation sign(Call call) {
        boolean chunked = call.argument.size() > PayloadStore.LARGEST_INLINE;
        String id = id();
        String originUrl = call.origin.url();
        String targetUrl = call.target.url() + "/" + call.operation;
        String hash = Claims.hash(originUrl, targetUrl, call.operation, call.argument);
        String token = Claims.sign(
                cluster, id, targetUrl, originUrl, hash, Instant.now().getEpochSecond());
        return new Invocation(
                call.origin,
                call.target,
                call.operation,
                chunked ? Bytes.EMPTY : call.argument,
                id,
                token,
                hostId,
                Optional.of((long) call.argument.size()),
                call.trace.isEmpty() ? Optional.empty() : Optional.of(call.trace));
    }

    private CompletionStage<Bytes> send(Invocation invocation, Call call, Duration timeout) {
        return connection
                .request(
                        subjects.of(call.target),
                        call.trace,
                        Invocation.CODEC.encode(invocation, Encoding.MSGPACK).toByteArray(),
                        timeout)
                .thenCompose(answer -> result(answer.payload(), invocation, call))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(named(failure, call)));
    }

    private CompletionStage<Bytes> result(Bytes answer, Invocation invocation, Call call) {
        InvocationResponse response = InvocationResponse.CODEC.decode(answer, Encoding.MSGPACK);
        String error = response.error().orElse("");
        if (!error.isEmpty()) { // some actors write an empty error into every answer
            return CompletableFuture.failedFuture(RpcException.of(Code.REMOTE, error));
        }
        String id = response.invocationId();
        if (!id.isEmpty() && !id.equals(invocation.id())) {
            return CompletableFuture.failedFuture(
                    RpcException.malformed("the answer of " + call.target.publicKey() + " belongs to another call"));
        }
        return response.isChunked()
                ? payloads.fetch(
                        invocation.id() + "-r", response.contentLength().orElse(0L))
                : CompletableFuture.completedFuture(response.msg());
    }

    /** Says of a transport failure which call it was. */
    private static RpcException named(Throwable failure, Call call) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
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
