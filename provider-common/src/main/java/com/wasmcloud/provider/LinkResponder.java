package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.PayloadStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Has the session of the calling actor's link serve an invocation, after fetching what was too large for a message and
 * checking that the call is genuine. Thread-safe.
 */
final class LinkResponder<S extends AutoCloseable> implements Responder {
    private final Service<S> service;
    private final InvocationCheck check;
    private final LinkTable<S> links;
    private final PayloadStore payloads;
    private final Load load;
    private final Executor workers;

    /** What a session does with an operation. */
    @FunctionalInterface
    interface Service<S> {
        CompletionStage<Bytes> invoke(S session, Link link, String operation, Bytes argument);
    }

    LinkResponder(
            Service<S> service,
            InvocationCheck check,
            LinkTable<S> links,
            PayloadStore payloads,
            Load load,
            Executor workers) {
        this.service = service;
        this.check = check;
        this.links = links;
        this.payloads = payloads;
        this.load = load;
        this.workers = workers;
    }

    @Override
    public CompletionStage<Bytes> respond(Invocation invocation, Map<String, String> trace) {
        if (!invocation.isChunked()) {
            return answer(invocation, trace);
        }
        long length = invocation.contentLength().orElse(0L);
        if (payloads.takes(length) && !load.grow(length)) {
            return CompletableFuture.failedFuture(RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: the arguments of the calls in flight at this provider leave no room for " + length
                            + " bytes more; try again later"));
        }
        return payloads.fetch(invocation.id(), length)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(RpcException.backend(
                        "nats: error starting to receive chunked stream for inv " + invocation.id() + ":"
                                + Dispatcher.cause(failure).getMessage(),
                        Dispatcher.cause(failure))))
                .thenComposeAsync(argument -> answer(invocation.with(argument), trace), workers)
                .whenComplete((result, failure) -> {
                    if (payloads.takes(length)) {
                        load.shrink(length);
                    }
                });
    }

    private CompletionStage<Bytes> answer(Invocation invocation, Map<String, String> trace) {
        try {
            check.check(invocation);
            return answer(invocation, trace, links.session(invocation.origin().publicKey()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Bytes> answer(Invocation invocation, Map<String, String> trace, Session<S> session) {
        switch (session.enter()) {
            case FULL ->
                throw RpcException.of(
                        Code.OVERLOADED,
                        "overloaded: too many calls of this actor are in flight at this provider; try again later");
            case CLOSED -> {
                // replaced or deleted since it was looked up; the table knows by now
                Session<S> next = links.session(invocation.origin().publicKey());
                if (next == session) {
                    throw RpcException.of(
                            Code.NOT_LINKED,
                            "unlinked actor: '" + invocation.origin().publicKey() + "'");
                }
                return answer(invocation, trace, next);
            }
            case ADMITTED -> {}
        }
        CompletionStage<Bytes> result;
        try (TraceContext.Scope scope = TraceContext.enter(trace);
                CurrentCall call = CurrentCall.enter(invocation)) {
            result = service.invoke(session.service(), session.link(), invocation.operation(), invocation.msg());
        } catch (RuntimeException e) {
            session.leave();
            throw e;
        }
        return result.whenComplete((bytes, failure) -> session.leave());
    }
}
