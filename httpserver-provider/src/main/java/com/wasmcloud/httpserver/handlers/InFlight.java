package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.vertx.HttpPort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A request that a link has admitted, until its answer is sent or its client is gone. Every way of answering goes through
 * here, so that what was taken for the request is given back exactly once. Used on the request's event loop, except where
 * it says otherwise.
 */
public final class InFlight {
    private static final String KEY = "in-flight";
    /** What access logs call a request whose client went away. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final RoutingContext routing;
    private final Context context;
    private final BodyMemory memory;
    private final Consumer<InFlight> over;
    private List<Ending> endings = List.of();
    private long held;
    private boolean settled;

    /** Is told once how a request ended. */
    @FunctionalInterface
    public interface Ending {
        /**
         * The request is over.
         *
         * @param status of the answer, 499 when the client is gone
         * @param bytes of the answer's body
         */
        void ended(int status, long bytes);
    }

    private InFlight(RoutingContext routing, BodyMemory memory, Consumer<InFlight> over) {
        this.routing = routing;
        this.context = routing.vertx().getOrCreateContext();
        this.memory = memory;
        this.over = over;
    }

    static InFlight begin(RoutingContext routing, BodyMemory memory, Consumer<InFlight> over) {
        InFlight begun = new InFlight(routing, memory, over);
        routing.put(KEY, begun);
        return begun;
    }

    /** That of a request that has been admitted. */
    public static InFlight of(RoutingContext routing) {
        return routing.get(KEY);
    }

    /** Runs a task on the request's event loop; for any thread. */
    public void run(Runnable task) {
        context.runOnContext(now -> task.run());
    }

    /** Whether the client has its answer or is gone: whatever comes later is too late. */
    public boolean settled() {
        return settled;
    }

    /** Takes memory for a body until the request is over; false when there is not that much. */
    public boolean take(long bytes) {
        boolean taken = memory.tryTake(bytes);
        held += taken ? bytes : 0;
        return taken;
    }

    /**
     * Takes memory for a body, or waits in line for it.
     *
     * @param then is told whether it came in time, on the request's event loop
     */
    public void take(long bytes, Duration patience, Consumer<Boolean> then) {
        memory.take(bytes, patience)
                .whenComplete((taken, failure) -> run(() -> {
                    if (settled) {
                        memory.give(failure == null ? bytes : 0);
                        return;
                    }
                    held += failure == null ? bytes : 0; // given back with the rest
                    then.accept(failure == null);
                }));
    }

    /** Bytes of memory that the request holds. */
    public long held() {
        return held;
    }

    /** Has the end of the request reported. */
    void whenOver(Ending ending) {
        if (endings.isEmpty()) {
            endings = new ArrayList<>(2);
        }
        endings.add(ending);
    }

    /** The answer is on its way. */
    public void answered(Future<Void> sent, long bytes) {
        settled = true;
        int status = routing.response().getStatusCode();
        if (sent.isComplete()) {
            finish(status, bytes);
        } else {
            sent.onComplete(end -> finish(status, bytes));
        }
    }

    /** The client is gone. */
    public void lost() {
        if (!settled) {
            settled = true;
            finish(CLIENT_CLOSED_REQUEST, 0);
        }
    }

    /** Has the {@link FailureHandler} answer, unless the request is settled. */
    public void fail(Throwable failure) {
        if (settled) {
            return;
        }
        if (isAnswered()) {
            lost();
        } else {
            routing.fail(failure);
        }
    }

    /** Tells the client that the provider stops, unless the request is settled; for any thread. */
    public void abandon() {
        run(() -> fail(HttpFailure.stopping()));
    }

    /** Whether it is too late to tell the client anything. */
    boolean isAnswered() {
        HttpServerResponse response = routing.response();
        return response.ended() || response.closed() || response.headWritten();
    }

    private void finish(int status, long bytes) {
        memory.give(held);
        for (Ending ending : endings) {
            ending.ended(status, bytes);
        }
        HttpPort.answered(routing.request());
        over.accept(this);
    }
}
