package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.Message;
import com.wasmcloud.provider.Admission;
import com.wasmcloud.provider.Call;
import com.wasmcloud.provider.Calls;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.HeapExhaustion;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes invocations from their message to their reply:
 *
 * <ol>
 *   <li>{@link #accept} decodes the envelope, and lets the call in if its link's share has a place and memory for it,
 *   <li>{@link #report} begins what is reported of it,
 *   <li>{@link #whole} fetches an argument that was too large for the message,
 *   <li>{@link #serve} checks that the call is genuine, and has the session of the actor's link serve it,
 *   <li>{@link InboundCall#end} sends the reply and gives back what the call held.
 * </ol>
 *
 * <p>Every message that wants a reply gets exactly one: whatever is thrown on the way comes to {@link InboundCall#end} too.
 *
 * <p>Thread-safe.
 */
final class Inbound<S extends AutoCloseable> {
    private final Served.Service<S> service;
    private final ActorLinks links;
    private final InvocationCheck check;
    private final LargePayloads payloads;
    private final Calls<S> calls;
    private final ExecutorService workers;
    private final Replies replies;
    private final BiFunction<InboundCall, Map<String, String>, CompletionStage<Bytes>> steps = this::whole;

    Inbound(
            Served.Service<S> service,
            ActorLinks links,
            InvocationCheck check,
            LargePayloads payloads,
            Calls<S> calls,
            ExecutorService workers,
            Replies replies) {
        this.service = service;
        this.links = links;
        this.check = check;
        this.payloads = payloads;
        this.calls = calls;
        this.workers = workers;
        this.replies = replies;
    }

    /**
     * Takes a message on the thread that delivers them, and hands it over at once; unless no other call is in flight: then
     * nobody waits for that thread, and the call is spared the way to another one. Sessions return at once.
     */
    void accept(Message message) {
        Invocation invocation;
        try {
            invocation = Invocation.CODEC.decode(message.payload(), Encoding.MSGPACK);
        } catch (RuntimeException e) {
            replies.failure(message.replyTo(), "", "deser error: " + e.getMessage());
            return;
        }
        InboundCall call = new InboundCall(message, invocation);
        try {
            call.admission =
                    calls.admit(links.key(call.peer()), message.payload().size());
            if (calls.quiet()) {
                call.run();
            } else {
                workers.execute(call);
            }
        } catch (Throwable e) {
            call.end(null, e);
        }
    }

    private void report(InboundCall call) {
        try {
            CompletionStage<Bytes> unused = calls.report(call, steps).whenComplete(call);
        } catch (Throwable e) {
            call.end(null, e);
        }
    }

    private CompletionStage<Bytes> whole(InboundCall call, Map<String, String> trace) {
        Invocation invocation = call.invocation;
        if (!invocation.isChunked()) {
            return serve(call, trace);
        }
        long length = invocation.contentLength().orElse(0L);
        CompletionStage<?> room = payloads.takes(length)
                ? call.admission().holdArgument(length)
                : CompletableFuture.completedFuture(null);
        return room.thenCompose(held -> payloads.fetch(invocation.id(), length)
                        .exceptionallyCompose(
                                failure -> CompletableFuture.failedFuture(notFetched(invocation, failure))))
                .thenComposeAsync(
                        argument -> {
                            call.invocation = invocation.with(argument);
                            return serve(call, trace);
                        },
                        workers);
    }

    private static RpcException notFetched(Invocation invocation, Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        return RpcException.backend(
                "nats: error starting to receive chunked stream for inv " + invocation.id() + ":" + cause.getMessage(),
                cause);
    }

    private CompletionStage<Bytes> serve(InboundCall call, Map<String, String> trace) {
        check.check(call.invocation);
        return calls.serve(call.admission(), call, trace, call);
    }

    /** One call on its way: what is known of it, what it holds, and its end. */
    private final class InboundCall implements Call, Runnable, Calls.Work<S, Bytes>, BiConsumer<Bytes, Throwable> {
        private final @Nullable String replyTo;
        private final Map<String, String> trace;
        private Invocation invocation;
        private @Nullable Admission<S> admission;
        private boolean over;

        InboundCall(Message message, Invocation invocation) {
            this.replyTo = message.replyTo();
            this.trace = TraceHeaders.of(invocation, message);
            this.invocation = invocation;
        }

        Admission<S> admission() {
            Admission<S> held = admission;
            if (held == null) {
                throw new IllegalStateException("the call has not been let in");
            }
            return held;
        }

        @Override
        public void run() {
            report(this);
        }

        @Override
        public CompletionStage<Bytes> begin(S session, Link link) {
            return service.invoke(session, link, invocation.operation(), invocation.msg());
        }

        @Override
        public void accept(@Nullable Bytes result, @Nullable Throwable failure) {
            end(result, failure);
        }

        /** Sends the reply, and gives back what the call held when that is on its way. */
        private void end(@Nullable Bytes result, @Nullable Throwable failure) {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            Throwable failed = failure == null ? null : Causes.unwrap(failure);
            try {
                if (failed == null && result != null) {
                    CompletionStage<?> sent = replies.result(replyTo, invocation, result, admission());
                    if (sent != null) {
                        CompletionStage<?> unused = sent.whenComplete((done, lost) -> close(lost));
                        return;
                    }
                } else {
                    replies.failure(replyTo, this, failed);
                }
                close(null);
            } catch (Throwable e) {
                close(e);
            }
            HeapExhaustion.check(failed);
        }

        /** @param lost why the reply could not be sent; then the caller is told that, in few words */
        private void close(@Nullable Throwable lost) {
            try {
                if (lost != null) {
                    replies.failure(replyTo, this, Causes.unwrap(lost));
                }
            } finally {
                if (admission != null) {
                    admission.close();
                }
                HeapExhaustion.check(lost);
            }
        }

        @Override
        public String peer() {
            return invocation.origin().publicKey();
        }

        @Override
        public String link() {
            return invocation.target().linkName();
        }

        @Override
        public String operation() {
            return invocation.operation();
        }

        @Override
        public String id() {
            return invocation.id();
        }

        @Override
        public Map<String, String> trace() {
            return trace;
        }
    }
}
