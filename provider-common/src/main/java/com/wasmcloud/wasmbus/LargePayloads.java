package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.nats.ObjectBucket;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payloads too large for a message: when they are, and how they travel. The sender stores the whole payload as an object
 * in the bucket named after the lattice before it sends the envelope; the receiver deletes it after reading.
 *
 * <p>Thread-safe; nothing here throws or blocks. The work is done on a few threads of its own, which {@link #close} ends.
 */
public final class LargePayloads implements AutoCloseable {
    /** The most payload bytes that travel in a message; one more, and they go through the object store. */
    public static final int LARGEST_INLINE = 900 * 1024;

    /** What a call through the object store may take beyond its timeout. */
    public static final Duration EXTRA_TIME = Duration.ofSeconds(13);

    private static final Logger LOG = LoggerFactory.getLogger(LargePayloads.class);
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final NatsConnection connection;
    private final ObjectBucket bucket;
    private final String lattice;
    private final long largest;
    private final ThreadPoolExecutor workers;
    private final Background background = new Background("payloads");
    private final LongAdder fetched = new LongAdder();
    private final LongAdder stored = new LongAdder();

    /**
     * @param lattice the lattice's id, which names the bucket
     * @param domain JetStream domain, empty for the default one
     * @param largest the most bytes that are fetched as one payload; what announces more is refused before it is read
     */
    public LargePayloads(NatsConnection connection, String lattice, String domain, long largest) {
        this.connection = connection;
        this.bucket = connection.bucket(lattice, domain);
        this.lattice = lattice;
        this.largest = largest;
        workers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Threads.daemons("payloads"));
        workers.allowCoreThreadTimeOut(true);
    }

    /** Whether a payload must not be sent in a message, so that the receiver will look for it in the object store. */
    public static boolean isLarge(Bytes payload) {
        return payload.size() > LARGEST_INLINE;
    }

    /** Whether an envelope announces more than it holds: the rest is in the object store. */
    static boolean isElsewhere(Optional<Long> contentLength, Bytes msg) {
        return contentLength.isPresent() && Long.compareUnsigned(contentLength.get(), msg.size()) > 0;
    }

    /** The name of the object that holds an argument is the call's id; this is that of its result. */
    public static String resultOf(String invocationId) {
        return invocationId + "-r";
    }

    /** Whether the server takes a message of this many bytes. */
    boolean fits(long message) {
        return message <= connection.maxPayload();
    }

    /** Why a message cannot be sent although its payload is no large one; no host would look for it in the store. */
    RpcException tooLargeForTheServer(String what, long size) {
        return RpcException.of(
                RpcException.Code.BACKEND,
                "nats: " + what + " of " + size + " bytes is larger than the " + connection.maxPayload()
                        + " bytes that the NATS server takes (max_payload), and payloads go through the object store only"
                        + " above " + LARGEST_INLINE + " bytes; raise max_payload to 1048576 or more");
    }

    /** Whether a payload of this announced size is one that {@link #fetch} would read. */
    boolean takes(long size) {
        return Long.compareUnsigned(size, largest) <= 0;
    }

    /** Reads a payload of an announced size and deletes it. Failures complete the stage with {@link RpcException}. */
    public CompletionStage<Bytes> fetch(String name, long size) {
        if (!takes(size)) {
            return CompletableFuture.failedFuture(RpcException.invalidArgument("a payload of "
                    + Long.toUnsignedString(size) + " bytes is larger than the " + largest
                    + " this side takes (setting provider.largest_payload_bytes)"));
        }
        return on("fetch", name, () -> {
            Bytes whole = bucket.read(name, (int) size);
            fetched.add(whole.size());
            delete(name);
            return whole;
        });
    }

    /** Stores a payload completely. Failures complete the stage with {@link RpcException}. */
    public CompletionStage<Bytes> store(String name, Bytes payload) {
        return on("store", name, () -> {
            bucket.write(name, payload);
            stored.add(payload.size());
            return payload;
        });
    }

    /** Deletes a payload of ours that its receiver has not deleted by then. */
    void deleteLater(String name, Duration delay) {
        background.after(delay, () -> delete(name));
    }

    private void delete(String name) {
        on("delete", name, () -> {
                    bucket.delete(name);
                    return Bytes.EMPTY;
                })
                .whenComplete((deleted, failure) -> {
                    if (failure != null && !workers.isShutdown()) {
                        LOG.warn("a payload stays in the object store: {}", failure.getMessage());
                    }
                });
    }

    /** Something that talks to JetStream and waits for it. */
    private interface Work {
        Bytes run() throws IOException, InterruptedException;
    }

    private CompletionStage<Bytes> on(String verb, String name, Work work) {
        CompletableFuture<Bytes> result = new CompletableFuture<>();
        try {
            workers.execute(() -> {
                try {
                    result.complete(work.run());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    result.completeExceptionally(failed(verb, name, e));
                } catch (Throwable e) {
                    HeapExhaustion.check(e);
                    result.completeExceptionally(failed(verb, name, e));
                }
            });
        } catch (Throwable e) { // ended, or no thread can be made
            result.completeExceptionally(failed(verb, name, e));
        }
        return result;
    }

    private RpcException failed(String verb, String name, Throwable cause) {
        return RpcException.backend(
                "nats: cannot " + verb + " the payload " + name + " in the object store '" + lattice + "': "
                        + cause.getMessage() + "; payloads above 900 KiB need JetStream (nats-server -js)",
                cause);
    }

    /** Bytes of payloads that have been fetched so far. */
    long fetchedBytes() {
        return fetched.sum();
    }

    /** Bytes of payloads that have been stored so far. */
    long storedBytes() {
        return stored.sum();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
