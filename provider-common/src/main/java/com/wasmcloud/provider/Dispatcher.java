package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.LatticeConnection;
import com.wasmcloud.nats.LatticeConnection.Message;
import com.wasmcloud.provider.support.RareLog;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import com.wasmcloud.wasmbus.PayloadStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an invocation from its message to its reply. Every message that wants a reply gets exactly one: this is the one
 * place where a failure becomes an answer.
 *
 * <p>Thread-safe.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** How long a stored result waits for the caller to fetch it; hosts give up after 15 seconds. */
    private static final Duration RESULT_KEPT = Duration.ofSeconds(60);

    private final Responder responder;
    private final LatticeConnection connection;
    private final PayloadStore payloads;
    private final Load load;
    private final ExecutorService workers;
    private final RareLog unexpected = new RareLog(LOG);

    Dispatcher(
            Responder responder,
            LatticeConnection connection,
            PayloadStore payloads,
            Load load,
            ExecutorService workers) {
        this.responder = responder;
        this.connection = connection;
        this.payloads = payloads;
        this.load = load;
        this.workers = workers;
    }

    /**
     * Takes a message on the thread that delivers them, and hands it over at once; unless no other call is in flight: then
     * nobody waits for that thread, and the call is spared the way to another one. Services return at once.
     */
    void accept(Message message) {
        if (!load.enter(message.payload().size())) {
            overloaded(message);
            return;
        }
        if (load.calls() == 1) {
            serve(message);
            return;
        }
        try {
            workers.execute(() -> serve(message));
        } catch (RejectedExecutionException e) {
            load.leave(message.payload().size());
            overloaded(message);
        }
    }

    private void overloaded(Message message) {
        String id;
        try {
            id = decode(message).id();
        } catch (RuntimeException e) {
            id = "";
        }
        reply(
                message,
                InvocationResponse.failure(
                        id, "overloaded: too many calls are in flight at this provider; try again later"));
    }

    private void serve(Message message) {
        Invocation invocation;
        try {
            invocation = decode(message);
        } catch (RuntimeException e) {
            finish(message, InvocationResponse.failure("", "deser error: " + e.getMessage()));
            return;
        }
        responder.respond(invocation, trace(invocation, message)).whenComplete((result, failure) -> {
            if (failure == null) {
                deliver(message, invocation, result);
            } else {
                finish(message, InvocationResponse.failure(invocation.id(), text(failure, invocation)));
            }
        });
    }

    private static Invocation decode(Message message) {
        return Invocation.CODEC.decode(message.payload(), Encoding.MSGPACK);
    }

    /** Some hosts write the trace context into the envelope, some into the message's headers. */
    private static Map<String, String> trace(Invocation invocation, Message message) {
        return invocation.traceContext().filter(map -> !map.isEmpty()).orElse(message.trace());
    }

    private void deliver(Message message, Invocation invocation, Bytes result) {
        if (result.size() <= PayloadStore.LARGEST_INLINE) {
            finish(message, InvocationResponse.of(invocation.id(), result));
            return;
        }
        String name = invocation.id() + "-r";
        payloads.store(name, result).whenComplete((stored, failure) -> {
            if (failure == null) {
                finish(message, InvocationResponse.stored(invocation.id(), result.size()));
                payloads.deleteLater(name, RESULT_KEPT);
            } else {
                finish(message, InvocationResponse.failure(invocation.id(), text(failure, invocation)));
            }
        });
    }

    private void finish(Message message, InvocationResponse response) {
        reply(message, response);
        load.leave(message.payload().size());
    }

    private void reply(Message message, InvocationResponse response) {
        String replyTo = message.replyTo();
        if (replyTo == null) {
            return;
        }
        try {
            connection.publish(
                    replyTo,
                    Map.of(),
                    InvocationResponse.CODEC.encode(response, Encoding.MSGPACK).toByteArray());
        } catch (RuntimeException e) {
            LOG.error("cannot send the reply to invocation {}; its caller will time out", response.invocationId(), e);
        }
    }

    private String text(Throwable failure, Invocation invocation) {
        Throwable cause = cause(failure);
        try (CurrentCall call = CurrentCall.enter(invocation)) {
            if (cause instanceof RpcException expected && expected.getMessage() != null) {
                LOG.debug("the call failed: {}", expected.getMessage());
                return expected.getMessage();
            }
            unexpected.error("the call failed in a way the provider did not expect", cause);
        }
        return "internal error in the provider during " + invocation.operation() + "; its log has the cause";
    }

    static Throwable cause(Throwable failure) {
        @Nullable Throwable inner = failure instanceof CompletionException ? failure.getCause() : null;
        return inner == null ? failure : inner;
    }
}
