package com.wasmcloud.benchmarks.outage;

import com.wasmcloud.benchmarks.candidate.QuietEvents;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.InvocationResponse;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls made beforehand, sent one after the other at a fixed rate whatever becomes of them. Its own connection comes back
 * at once after a loss. Thread-safe.
 */
final class SteadyCalls implements AutoCloseable {
    /** Longer than a provider takes over any answer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    private final Connection nats;
    private final String subject;
    private final byte[][] messages;
    private final List<Call> calls = new ArrayList<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

    /** One call; an instant is what {@link System#nanoTime} said then. */
    static final class Call {
        private final int number;
        private final long sentAt;
        private volatile long answeredAt;
        private volatile @Nullable String outcome;

        private Call(int number, long sentAt) {
            this.number = number;
            this.sentAt = sentAt;
        }

        /** Which message it was. */
        int number() {
            return number;
        }

        long sentAt() {
            return sentAt;
        }

        /** When it was acknowledged or refused. */
        long answeredAt() {
            return answeredAt;
        }

        boolean acknowledged() {
            return "".equals(outcome);
        }

        boolean failed() {
            String known = outcome;
            return known != null && !known.isEmpty();
        }

        boolean unanswered() {
            return outcome == null;
        }

        private void end(@Nullable Message reply, @Nullable Throwable failure) {
            answeredAt = System.nanoTime();
            if (reply != null) {
                outcome = InvocationResponse.CODEC
                        .decode(Bytes.wrap(reply.getData()), Encoding.MSGPACK)
                        .error()
                        .orElse("");
            } else if (failure instanceof JetStreamStatusException) {
                outcome = "nobody listens"; // which the server says at once
            }
        }
    }

    private SteadyCalls(Connection nats, String subject, byte[][] messages) {
        this.nats = nats;
        this.subject = subject;
        this.messages = messages;
    }

    /** Begins to call. */
    static SteadyCalls start(String natsUrl, String subject, byte[][] messages, int callsASecond)
            throws IOException, InterruptedException {
        Connection nats = Nats.connect(new Options.Builder()
                .server(natsUrl)
                .connectionName("steady")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(20))
                .reconnectJitter(Duration.ofMillis(5))
                .reconnectBufferSize(0) // what cannot be sent now is not sent later either
                .reportNoResponders()
                .errorListener(new QuietEvents())
                .build());
        SteadyCalls steady = new SteadyCalls(nats, subject, messages);
        long pause = TimeUnit.SECONDS.toNanos(1) / callsASecond;
        var unused = steady.clock.scheduleAtFixedRate(steady::call, 0, pause, TimeUnit.NANOSECONDS);
        return steady;
    }

    private void call() {
        Call call;
        synchronized (calls) {
            if (calls.size() == messages.length) {
                return;
            }
            call = new Call(calls.size(), System.nanoTime());
            calls.add(call);
        }
        try {
            var unused = nats.requestWithTimeout(subject, messages[call.number], ANSWERED_WITHIN)
                    .whenComplete(call::end);
        } catch (IllegalStateException e) {
            // the connection is unavailable; the call stays unanswered
        }
    }

    /** How many calls have been made so far. */
    int sent() {
        synchronized (calls) {
            return calls.size();
        }
    }

    /** Waits until all calls made so far are answered or never will be, and gives those from a number on. */
    List<Call> settled(int first) throws InterruptedException {
        List<Call> made;
        synchronized (calls) {
            made = List.copyOf(calls.subList(first, calls.size()));
        }
        TimeUnit.NANOSECONDS.sleep(ANSWERED_WITHIN.toNanos());
        return made;
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdownNow();
        nats.close();
    }
}
