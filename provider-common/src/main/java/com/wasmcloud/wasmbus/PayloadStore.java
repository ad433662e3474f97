package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.LatticeConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.Threads;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.ObjectStore;
import io.nats.client.ObjectStoreOptions;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payloads too large for a message: objects in the JetStream object store whose bucket is the lattice. The sender stores
 * the whole object before it sends the envelope; the receiver deletes it after reading.
 *
 * <p>Thread-safe; the work is done on a few threads of its own, which {@link #close} ends.
 */
public final class PayloadStore implements AutoCloseable {
    /** The most payload bytes that travel in a message; one more, and they go through the store. */
    public static final int LARGEST_INLINE = 900 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PayloadStore.class);
    private static final int CHUNK_SIZE = 128 * 1024;
    private static final int THREADS = 4;
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);
    private static final int CHUNKS_IN_FLIGHT = 16;

    private final LatticeConnection connection;
    private final String bucket;
    private final JetStreamOptions jetStreamOptions;
    private final long largest;
    /** For as many KiB as may be read at a time: each takes memory before anybody else can count it. */
    private final Semaphore room;

    private final ThreadPoolExecutor workers;
    private final LongAdder fetched = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private volatile @Nullable ObjectStore store;

    /**
     * @param bucket the lattice's id
     * @param domain JetStream domain, empty for the default one
     * @param largest the most bytes that are fetched as one payload; what announces more is refused before it is read
     */
    public PayloadStore(LatticeConnection connection, String bucket, String domain, long largest) {
        this.connection = connection;
        this.bucket = bucket;
        this.largest = largest;
        this.room = new Semaphore(kibibytes(largest));
        JetStreamOptions.Builder options = JetStreamOptions.builder().requestTimeout(ACKNOWLEDGED_WITHIN);
        jetStreamOptions =
                domain.isEmpty() ? options.build() : options.domain(domain).build();
        workers = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.daemons("payloads"));
        workers.allowCoreThreadTimeOut(true);
    }

    /** Whether a payload of this announced size is one that {@link #fetch} would read. */
    public boolean takes(long size) {
        return Long.compareUnsigned(size, largest) <= 0;
    }

    /** Reads an object of an announced size and deletes it. Failures complete the stage with {@link RpcException}. */
    public CompletionStage<Bytes> fetch(String name, long size) {
        if (!takes(size)) {
            return CompletableFuture.failedFuture(RpcException.invalidArgument("a payload of "
                    + Long.toUnsignedString(size) + " bytes is larger than the " + largest
                    + " this side takes (setting provider.largest_payload_bytes)"));
        }
        return on(
                () -> {
                    Bytes whole = readInTurn(name, (int) size);
                    fetched.add(whole.size());
                    workers.execute(() -> delete(name));
                    return whole;
                },
                "fetch",
                name);
    }

    private Bytes readInTurn(String name, int size)
            throws IOException, JetStreamApiException, InterruptedException, NoSuchAlgorithmException {
        room.acquire(kibibytes(size));
        try {
            return read(name, size);
        } finally {
            room.release(kibibytes(size));
        }
    }

    private static int kibibytes(long bytes) {
        return (int) Math.max(1, bytes / 1024);
    }

    /** Stores an object completely. Failures complete the stage with {@link RpcException}. */
    public CompletionStage<Void> store(String name, Bytes payload) {
        return on(
                        () -> {
                            write(name, payload);
                            stored.add(payload.size());
                            return payload;
                        },
                        "store",
                        name)
                .thenAccept(stored -> {});
    }

    /** Deletes an object of ours that its receiver has not deleted by then. */
    public void deleteLater(String name, Duration delay) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(() -> delete(name));
    }

    /** Bytes of payloads that have been fetched so far. */
    public long fetchedBytes() {
        return fetched.sum();
    }

    /** Bytes of payloads that have been stored so far. */
    public long storedBytes() {
        return stored.sum();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** Something that talks to JetStream and waits for it. */
    private interface Work<T> {
        T run()
                throws IOException, JetStreamApiException, InterruptedException, NoSuchAlgorithmException,
                        ExecutionException, java.util.concurrent.TimeoutException;
    }

    private <T> CompletionStage<T> on(Work<T> work, String verb, String name) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (RpcException e) {
                        throw e;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw failed(verb, name, e);
                    } catch (Exception e) {
                        throw failed(verb, name, e);
                    }
                },
                workers);
    }

    private RpcException failed(String verb, String name, Exception cause) {
        return RpcException.backend(
                "nats: cannot " + verb + " the payload " + name + " in the object store '" + bucket + "': "
                        + cause.getMessage() + "; payloads above 900 KiB need JetStream (nats-server -js)",
                cause);
    }

    private Bytes read(String name, int size)
            throws IOException, JetStreamApiException, InterruptedException, NoSuchAlgorithmException {
        ObjectStore objects = objects();
        ObjectInfo info = objects.getInfo(name);
        if (info == null || info.getSize() != size) {
            throw RpcException.backend(
                    "nats: the object store '" + bucket + "' holds "
                            + (info == null ? "no payload " : info.getSize() + " bytes as payload ") + name
                            + ", the envelope announced " + size + " bytes",
                    null);
        }
        Sink sink = new Sink(size);
        objects.get(name, sink);
        return sink.content();
    }

    /** Exactly as many bytes as were announced, in one array. */
    private static final class Sink extends ByteArrayOutputStream {
        private final int announced;

        Sink(int announced) {
            super(Math.min(announced, CHUNK_SIZE)); // grows with what really comes
            this.announced = announced;
        }

        @Override
        public synchronized void write(byte[] part, int offset, int length) {
            if (length > announced - count) {
                throw RpcException.backend("nats: a payload is longer than was announced", null);
            }
            super.write(part, offset, length);
        }

        synchronized Bytes content() {
            if (count != announced) {
                throw RpcException.backend(
                        "nats: a payload ended after " + count + " of " + announced + " bytes", null);
            }
            return Bytes.wrap(buf, 0, count);
        }
    }

    /**
     * Chunks first, then the metadata that makes them an object. The metadata carries the time under both names that
     * generations of hosts require ({@code mtime} and {@code modified}), which the NATS client's own upload does not.
     */
    private void write(String name, Bytes payload)
            throws IOException, JetStreamApiException, InterruptedException, NoSuchAlgorithmException,
                    ExecutionException, java.util.concurrent.TimeoutException {
        objects();
        JetStream jetStream = connection.nats().jetStream(jetStreamOptions);
        String nuid = Claims.nuid();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(payload.array(), payload.offset(), payload.size());
        List<CompletableFuture<PublishAck>> acknowledgements = new ArrayList<>();
        int chunks = 0;
        for (int at = 0; at < payload.size(); at += CHUNK_SIZE, chunks++) {
            Bytes chunk = Bytes.wrap(payload.array(), payload.offset() + at, Math.min(CHUNK_SIZE, payload.size() - at));
            acknowledgements.add(jetStream.publishAsync("$O." + bucket + ".C." + nuid, chunk.toByteArray()));
            if (acknowledgements.size() == CHUNKS_IN_FLIGHT) {
                await(acknowledgements);
            }
        }
        await(acknowledgements);
        jetStream.publish(NatsMessage.builder()
                .subject("$O." + bucket + ".M." + Base64.getUrlEncoder().encodeToString(utf8(name)))
                .headers(new Headers().put("Nats-Rollup", "sub"))
                .data(utf8(Json.write(metadata(name, nuid, payload.size(), chunks, digest.digest()))))
                .build());
    }

    private Map<String, @Nullable Object> metadata(String name, String nuid, int size, int chunks, byte[] digest) {
        String now = Instant.now().toString();
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("description", null);
        metadata.put("link", null);
        metadata.put("bucket", bucket);
        metadata.put("nuid", nuid);
        metadata.put("size", size);
        metadata.put("chunks", chunks);
        metadata.put("mtime", now);
        metadata.put("modified", now);
        metadata.put("digest", "SHA-256=" + Base64.getUrlEncoder().encodeToString(digest));
        metadata.put("deleted", false);
        return metadata;
    }

    private static void await(List<CompletableFuture<PublishAck>> acknowledgements)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        for (CompletableFuture<PublishAck> acknowledgement : acknowledgements) {
            acknowledgement.get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        acknowledgements.clear();
    }

    private void delete(String name) {
        try {
            ObjectStore objects = objects();
            if (objects.getInfo(name) != null) {
                objects.delete(name);
            }
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            if (workers.isShutdown()) {
                return; // interrupted by the end
            }
            LOG.warn("cannot delete the payload {} from the object store '{}'; it stays there", name, bucket, e);
        }
    }

    /** The bucket, made when it is not there. */
    private ObjectStore objects() throws IOException, JetStreamApiException {
        ObjectStore known = store;
        if (known != null) {
            return known;
        }
        ObjectStoreOptions options =
                ObjectStoreOptions.builder().jetStreamOptions(jetStreamOptions).build();
        ObjectStore objects = connection.nats().objectStore(bucket, options);
        try {
            objects.getStatus();
        } catch (JetStreamApiException missing) {
            connection
                    .nats()
                    .objectStoreManagement(options)
                    .create(ObjectStoreConfiguration.builder(bucket)
                            .storageType(StorageType.File)
                            .build());
        }
        store = objects;
        return objects;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
