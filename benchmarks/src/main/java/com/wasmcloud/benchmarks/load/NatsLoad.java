package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Load;
import com.wasmcloud.benchmarks.candidate.QuietEvents;
import com.wasmcloud.benchmarks.candidate.Sample;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Callers on one NATS connection that send messages made beforehand, in turn. The thread that takes a reply sends the
 * caller's next message, so that a call costs the generator no hand-over between threads.
 */
final class NatsLoad implements Load {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection nats;
    private final Dispatcher replies;
    private final String inbox;
    private final String subject;
    private final byte[][] messages;
    private final int replySize;
    private final ReplyCheck check;
    private int next;
    private volatile @Nullable Run current;

    /** Tells whether a message was answered as it should be. */
    @FunctionalInterface
    interface ReplyCheck {
        /**
         * Looks into a reply.
         *
         * @throws IllegalStateException when it is wrong
         */
        void check(byte[] message, byte[] reply);
    }

    private NatsLoad(Connection nats, String subject, byte[][] messages, ReplyCheck check, int replySize) {
        this.nats = nats;
        this.subject = subject;
        this.messages = messages;
        this.check = check;
        this.replySize = replySize;
        inbox = nats.createInbox() + ".";
        replies = nats.createDispatcher();
        replies.subscribe(inbox + "*", this::onReply);
    }

    /**
     * Connects, and makes one call to see what a good reply is; during the load only its size is compared.
     *
     * @param messages all of one size, answered with replies of one size
     */
    static NatsLoad open(String natsUrl, String subject, byte[][] messages, ReplyCheck check)
            throws IOException, InterruptedException {
        Connection nats = Nats.connect(new Options.Builder()
                .server(natsUrl)
                .connectionName("load")
                .errorListener(new QuietEvents())
                .build());
        try {
            Message reply = nats.request(subject, messages[0], Duration.ofSeconds(5));
            if (reply == null) {
                throw new IllegalStateException("the first call on " + subject + " was not answered within 5 s");
            }
            check.check(messages[0], reply.getData());
            return new NatsLoad(nats, subject, messages, check, reply.getData().length);
        } catch (RuntimeException e) {
            nats.close();
            throw e;
        }
    }

    @Override
    public Sample run(int callers, Duration duration) throws InterruptedException {
        Run run = new Run(callers, duration);
        current = run;
        for (int caller = 0; caller < callers; caller++) {
            call(run, caller);
        }
        try {
            return run.done.get(duration.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call on " + subject + " failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "a call on " + subject + " was not answered within " + PATIENCE.toSeconds() + " s", e);
        } finally {
            current = null;
        }
    }

    private void call(Run run, int caller) {
        byte[] message;
        synchronized (messages) { // the callers start on one thread while another may go on with the first of them
            message = messages[next];
            next = next + 1 == messages.length ? 0 : next + 1;
        }
        run.sentAt[caller] = System.nanoTime();
        nats.publish(subject, inbox + caller, message);
    }

    private void onReply(Message reply) {
        Run run = current;
        if (run == null || run.done.isDone()) {
            return;
        }
        long now = System.nanoTime();
        String to = reply.getSubject();
        int caller = Integer.parseInt(to, inbox.length(), to.length(), 10);
        run.latencies.add(now - run.sentAt[caller]);
        if (reply.isStatusMessage()) {
            run.done.completeExceptionally(new IllegalStateException("nobody listens there"));
        } else if (reply.getData().length != replySize) {
            run.done.completeExceptionally(wrong(reply.getData()));
        } else if (now < run.end) {
            call(run, caller);
        } else if (--run.calling == 0) {
            run.done.complete(run.latencies.finish(Duration.ofNanos(now - run.start)));
        }
    }

    private RuntimeException wrong(byte[] reply) {
        try {
            check.check(messages[0], reply);
        } catch (RuntimeException e) {
            return e;
        }
        return new IllegalStateException("a reply of " + reply.length + " bytes instead of " + replySize);
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }

    /** One run; all but {@code sentAt} belongs to the thread that takes replies. */
    private static final class Run {
        final CompletableFuture<Sample> done = new CompletableFuture<>();
        final Sample.Recorder latencies = new Sample.Recorder();
        final long[] sentAt;
        final long start = System.nanoTime();
        final long end;
        int calling;

        Run(int callers, Duration duration) {
            sentAt = new long[callers];
            calling = callers;
            end = start + duration.toNanos();
        }
    }
}
