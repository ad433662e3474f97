package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.testkit.suites.InMemoryKeyValue;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import com.wasmcloud.wasmbus.LargePayloads;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a {@link FaultyProvider} answers calls. */
final class FaultyCalls {
    private static final int LIMIT = LargePayloads.LARGEST_INLINE;

    private final Fault fault;
    private final HostData data;
    private final NatsConnection nats;
    private final Map<String, ?> links;
    private final FaultyClaims claims;
    private final LargePayloads payloads;
    private final InMemoryKeyValue store = new InMemoryKeyValue();
    private volatile Bytes last = Bytes.EMPTY;

    FaultyCalls(Fault fault, HostData data, NatsConnection nats, Map<String, ?> links) {
        this.fault = fault;
        this.data = data;
        this.nats = nats;
        this.links = links;
        this.claims = new FaultyClaims(fault, data);
        this.payloads = new LargePayloads(nats, data.lattice(), "", 1 << 30);
    }

    void accept(Message message) {
        Invocation call;
        try {
            call = Invocation.CODEC.decode(message.payload(), Encoding.MSGPACK);
        } catch (RuntimeException garbage) {
            garbage(message);
            return;
        }
        if (message.replyTo() == null && fault == Fault.DIES_WITHOUT_REPLY_SUBJECT) {
            Runtime.getRuntime().halt(8);
        }
        if (fault == Fault.HANGS || (unknown(call) && fault == Fault.NEVER_ANSWERS_UNKNOWN_OPERATIONS)) {
            return;
        }
        argument(call)
                .thenCompose(argument -> serve(call.with(argument)))
                .thenCompose(result -> success(call.id(), result))
                .exceptionally(failure -> failed(call.id(), failure))
                .thenAccept(reply -> reply(message, reply));
    }

    private void garbage(Message message) {
        Bytes bytes = message.payload();
        int first = bytes.isEmpty() ? 0 : bytes.at(0);
        if (fault == Fault.DIES_OF_NESTING && bytes.size() > 10_000) {
            Runtime.getRuntime().halt(8);
        }
        if (fault == Fault.IS_SILENT_ABOUT_GARBAGE || (fault == Fault.BELIEVES_LENGTHS && first == 0xdf)) {
            return;
        }
        boolean served = fault == Fault.SERVES_MISTYPED_FIELDS && bytes.size() > 1000;
        reply(
                message,
                served
                        ? InvocationResponse.of("", Bytes.EMPTY)
                        : InvocationResponse.failure("", "deser error: garbage"));
    }

    private static boolean unknown(Invocation call) {
        return !KeyValueContract.INSTANCE.operations().contains(call.operation());
    }

    private CompletionStage<Bytes> argument(Invocation call) {
        long announced = call.contentLength().orElse(0L);
        if (!call.isChunked() || fault == Fault.NEVER_FETCHES) {
            return CompletableFuture.completedFuture(call.msg());
        }
        if (fault == Fault.BELIEVES_ANNOUNCEMENTS) {
            return payloads.fetch(call.id(), announced).exceptionally(missing -> call.msg());
        }
        CompletionStage<Bytes> fetched = payloads.fetch(call.id(), announced);
        return fault == Fault.KEEPS_WHAT_IT_FETCHED
                ? fetched.thenCompose(whole -> payloads.store(call.id(), whole))
                : fetched;
    }

    private CompletionStage<Bytes> serve(Invocation call) {
        claims.check(call);
        if (!links.containsKey(call.origin().publicKey()) && fault != Fault.SERVES_EVERYBODY) {
            throw new IllegalArgumentException(
                    "unlinked actor: '%s'".formatted(call.origin().publicKey()));
        }
        if (fault == Fault.REFUSES_TRACES
                && !call.traceContext().orElse(Map.of()).isEmpty()) {
            throw new IllegalArgumentException("what is a traceContext?");
        }
        if (fault == Fault.COUNTS_WRONGLY && call.operation().equals("KeyValue.Increment")) {
            int by = IncrementRequest.CODEC.decode(call.msg(), Encoding.MSGPACK).value();
            return CompletableFuture.completedFuture(Codec.I32.encode(Math.abs(by), Encoding.MSGPACK));
        }
        CompletionStage<Bytes> result =
                KeyValueContract.INSTANCE.invoke(store, call.operation(), call.msg(), Encoding.MSGPACK);
        return fault == Fault.GIVES_RESULTS_FOR_BAD_ARGUMENTS
                ? result.exceptionally(failure -> Bytes.EMPTY)
                : result.thenApply(this::mixedUp);
    }

    private Bytes mixedUp(Bytes result) {
        if (fault != Fault.MIXES_UP_RESULTS) {
            return result;
        }
        Bytes before = last;
        last = Bytes.wrap(result.toByteArray());
        return before.isEmpty() ? result : before;
    }

    private CompletionStage<InvocationResponse> success(String id, Bytes result) {
        boolean small = result.size() <= LIMIT;
        if ((small && !(fault == Fault.STORES_SMALL_RESULTS && result.size() == LIMIT))
                || (fault == Fault.SENDS_LARGE_RESULTS_INLINE && result.size() == LIMIT + 1)) {
            return CompletableFuture.completedFuture(InvocationResponse.of(id, result));
        }
        if (fault == Fault.DESCRIBES_OBJECTS_BADLY) {
            String name = Base64.getUrlEncoder().encodeToString((id + "-r").getBytes(StandardCharsets.UTF_8));
            nats.publish("$O." + data.lattice() + ".M." + name, "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        }
        return payloads.store(id + "-r", result).thenApply(stored -> InvocationResponse.stored(id, result.size()));
    }

    private static InvocationResponse failed(String id, Throwable failure) {
        return InvocationResponse.failure(
                id, String.valueOf(Causes.unwrap(failure).getMessage()));
    }

    private void reply(Message message, InvocationResponse reply) {
        String replyTo = message.replyTo();
        if (replyTo == null) {
            return;
        }
        InvocationResponse changed =
                switch (fault) {
                    case MAKES_UP_INVOCATION_IDS ->
                        new InvocationResponse(
                                reply.msg(), "1", reply.error(), reply.contentLength(), reply.traceContext());
                    case LEAVES_OUT_THE_LENGTH ->
                        new InvocationResponse(
                                reply.msg(),
                                reply.invocationId(),
                                reply.error(),
                                Optional.empty(),
                                reply.traceContext());
                    default -> reply;
                };
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                InvocationResponse.CODEC.encode(changed, Encoding.MSGPACK).toByteArray());
        if (fault == Fault.SENDS_TRAILING_BYTES) {
            bytes.write(0xc0);
        }
        nats.publish(replyTo, bytes.toByteArray());
    }
}
