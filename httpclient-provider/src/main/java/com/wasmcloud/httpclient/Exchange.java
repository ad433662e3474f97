package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.httpclient.ExchangeFailure.Phase;
import com.wasmcloud.provider.support.Budget;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire and its answer. Begun by any thread, goes on at an event loop; may be given up by any thread.
 */
final class Exchange {
    /** A redirect's body is read that far, so that its connection can be used again. */
    private static final int MOST_DISCARDED = 64 * 1024;

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final long CANCEL = 8;

    private final Outgoing outgoing;
    private final LinkClient client;
    private final Budget.Share memory;
    private final boolean followsRedirects;
    private final CollectedBody body;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile @Nullable HttpClientRequest request;
    private volatile Phase phase = Phase.CONNECTING;
    private int discarded;

    /**
     * @param most largest body of the answer, in bytes
     * @param followsRedirects whether redirects are followed, by the caller
     */
    Exchange(Outgoing outgoing, LinkClient client, Budget.Share memory, int most, boolean followsRedirects) {
        this.outgoing = outgoing;
        this.client = client;
        this.memory = memory;
        this.followsRedirects = followsRedirects;
        this.body = new CollectedBody(most, memory);
    }

    /**
     * Sends the request.
     *
     * @param trace headers for the trace, unless the actor sends its own
     * @return fails with {@link ExchangeFailure}
     */
    CompletionStage<Answer> send(RequestOptions options, MultiMap trace) {
        int copied = outgoing.body().size();
        if (!memory.tryTake(copied)) {
            body.close();
            return CompletableFuture.failedFuture(new ExchangeFailure(
                    Phase.CONNECTING,
                    RpcException.of(
                            Code.OVERLOADED,
                            "overloaded: there is no memory for the body of the request; try again later")));
        }
        CompletionStage<Answer> ended = answer.whenComplete((end, failure) -> {
            memory.give(copied);
            if (failure != null) {
                body.close();
            }
        });
        try {
            client.http().request(options).onComplete(connected -> {
                if (connected.failed()) {
                    giveUp(connected.cause());
                } else {
                    connected(connected.result(), trace);
                }
            });
        } catch (RuntimeException e) { // such as a client that has been closed
            giveUp(e);
        }
        return ended;
    }

    private void connected(HttpClientRequest connected, MultiMap trace) {
        request = connected;
        phase = Phase.WAITING;
        connected.exceptionHandler(this::giveUp);
        if (answer.isDone()) {
            reset(connected);
            return;
        }
        outgoing.headers().forEach((name, value) -> connected.headers().add(name, value));
        trace.forEach((name, value) -> {
            if (!outgoing.headers().contains(name)) {
                connected.headers().add(name, value);
            }
        });
        outgoing.authority()
                .ifPresent(other ->
                        connected.authority(HostAndPort.create(other.host().text(), other.port())));
        sendBody(connected).onComplete(received -> {
            if (received.failed()) {
                giveUp(received.cause());
            } else {
                answered(received.result());
            }
        });
    }

    private Future<HttpClientResponse> sendBody(HttpClientRequest connected) {
        Bytes content = outgoing.body();
        if (!content.isEmpty()) {
            return connected.send(
                    Buffer.buffer(content.size()).appendBytes(content.array(), content.offset(), content.size()));
        }
        if (METHODS_WITH_BODY.contains(outgoing.method().name())) {
            connected.putHeader("content-length", "0");
        }
        return connected.send();
    }

    private void answered(HttpClientResponse response) {
        phase = Phase.READING;
        Optional<Outgoing> next = followsRedirects
                ? outgoing.redirected(response.statusCode(), response.getHeader("location"))
                : Optional.empty();
        Answer received = new Answer(response.statusCode(), response.headers(), body, next);
        response.endHandler(end -> {
            client.answered(response.request().connection());
            if (next.isPresent()) { // which may go to the same server: the connection is free only after this
                Vertx.currentContext().runOnContext(later -> complete(received));
            } else {
                complete(received);
            }
        });
        if (next.isPresent()) { // where it leads to does not depend on the rest
            response.exceptionHandler(lost -> complete(received));
            response.handler(part -> discard(part, received, response.request()));
        } else {
            response.exceptionHandler(this::giveUp);
            response.handler(this::add);
        }
    }

    private void complete(Answer received) {
        if (!answer.complete(received)) {
            received.close();
        }
    }

    private void discard(Buffer part, Answer received, HttpClientRequest answered) {
        discarded += part.length();
        if (discarded > MOST_DISCARDED && answer.complete(received)) {
            reset(answered);
        }
    }

    private void add(Buffer part) {
        if (answer.isDone()) {
            return;
        }
        try {
            body.add(part.length(), (from, into, at, length) -> part.getBytes(from, from + length, into, at));
        } catch (RpcException e) {
            giveUp(e);
        }
    }

    /** Ends it with a failure, unless it has ended; what the server still sends is not read. */
    void giveUp(Throwable why) {
        HttpClientRequest begun = request;
        if (answer.completeExceptionally(new ExchangeFailure(phase, why)) && begun != null) {
            reset(begun);
        }
    }

    private static void reset(HttpClientRequest begun) {
        begun.reset(CANCEL);
    }
}
