package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Json;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.NUID;
import io.nats.client.ObjectStore;
import io.nats.client.ObjectStoreOptions;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of the JetStream object store, in the form that all generations of wasmCloud hosts read and write. It is made
 * when it is not there, and again when it has gone: an operator may delete it, a server may come back with an empty store.
 *
 * <p>Thread-safe. Every method waits for the server.
 */
public final class ObjectBucket {
    private static final int CHUNK_SIZE = 128 * 1024;
    /** What a message is around a chunk, at the most. */
    private static final int MESSAGE_OVERHEAD = 1024;

    private static final int CHUNKS_IN_FLIGHT = 16;
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);

    private final Supplier<Connection> connection;
    private final String name;
    private final JetStreamOptions options;
    /** The client's view of the bucket, and the connection it was looked up on. */
    private volatile @Nullable Known known;

    private record Known(Connection connection, ObjectStore store) {}

    ObjectBucket(Supplier<Connection> connection, String name, String domain) {
        this.connection = connection;
        this.name = name;
        options = ClientOptions.jetStream(domain, ACKNOWLEDGED_WITHIN);
    }

    /**
     * Reads an object of a size that is known.
     *
     * @throws IOException when the object is not there, is of another size, or cannot be read
     */
    public Bytes read(String object, int size) throws IOException, InterruptedException {
        return attempt(store -> {
            ObjectInfo info = store.getInfo(object);
            if (info == null || info.getSize() != size) {
                throw new IOException("it holds "
                        + (info == null ? "no payload " : info.getSize() + " bytes as payload ") + object
                        + ", the envelope announced " + size + " bytes");
            }
            Sink sink = new Sink(size);
            store.get(object, sink);
            return sink.content();
        });
    }

    /** Exactly as many bytes as were announced, in one array. */
    private static final class Sink extends OutputStream {
        private final byte[] content;
        private int count;

        Sink(int announced) {
            content = new byte[announced];
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] part, int offset, int length) throws IOException {
            if (length > content.length - count) {
                throw new IOException("a payload is longer than was announced");
            }
            System.arraycopy(part, offset, content, count, length);
            count += length;
        }

        Bytes content() throws IOException {
            if (count != content.length) {
                throw new IOException("a payload ended after " + count + " of " + content.length + " bytes");
            }
            return Bytes.wrap(content);
        }
    }

    /**
     * Stores an object completely: chunks first, then the metadata that makes them an object. The metadata carries the
     * time under both names that generations of hosts require ({@code mtime} and {@code modified}), which the NATS client's
     * own upload does not.
     *
     * @throws IOException when it could not be stored
     */
    public void write(String object, Bytes content) throws IOException, InterruptedException {
        attempt(store -> {
            JetStream jetStream = connection.get().jetStream(options);
            String nuid = NUID.nextGlobal();
            int chunks = writeChunks(jetStream, nuid, content);
            jetStream.publish(NatsMessage.builder()
                    .subject("$O." + name + ".M." + Base64.getUrlEncoder().encodeToString(utf8(object)))
                    .headers(new Headers().put("Nats-Rollup", "sub"))
                    .data(utf8(Json.write(metadata(object, nuid, content, chunks))))
                    .build());
            return content;
        });
    }

    private int writeChunks(JetStream jetStream, String nuid, Bytes content) throws IOException, InterruptedException {
        int most = (int) Math.max(1024, Math.min(CHUNK_SIZE, connection.get().getMaxPayload() - MESSAGE_OVERHEAD));
        List<CompletableFuture<PublishAck>> acknowledgements = new ArrayList<>();
        int chunks = 0;
        for (int at = 0; at < content.size(); at += most, chunks++) {
            Bytes chunk = Bytes.wrap(content.array(), content.offset() + at, Math.min(most, content.size() - at));
            acknowledgements.add(jetStream.publishAsync("$O." + name + ".C." + nuid, chunk.toByteArray()));
            if (acknowledgements.size() == CHUNKS_IN_FLIGHT) {
                await(acknowledgements);
            }
        }
        await(acknowledgements);
        return chunks;
    }

    private static void await(List<CompletableFuture<PublishAck>> acknowledgements)
            throws IOException, InterruptedException {
        for (CompletableFuture<PublishAck> acknowledgement : acknowledgements) {
            try {
                acknowledgement.get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IOException(
                        String.valueOf(
                                e.getCause() == null
                                        ? e.getMessage()
                                        : e.getCause().getMessage()),
                        e);
            } catch (TimeoutException e) {
                throw new IOException("a chunk was not stored within " + ACKNOWLEDGED_WITHIN.toSeconds() + " s", e);
            }
        }
        acknowledgements.clear();
    }

    private Map<String, @Nullable Object> metadata(String object, String nuid, Bytes content, int chunks) {
        String now = Instant.now().toString();
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object);
        metadata.put("description", null);
        metadata.put("link", null);
        metadata.put("bucket", name);
        metadata.put("nuid", nuid);
        metadata.put("size", content.size());
        metadata.put("chunks", chunks);
        metadata.put("mtime", now);
        metadata.put("modified", now);
        metadata.put("digest", "SHA-256=" + Base64.getUrlEncoder().encodeToString(sha256(content)));
        metadata.put("deleted", false);
        return metadata;
    }

    private static byte[] sha256(Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.array(), content.offset(), content.size());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Deletes an object; one that is not there is fine.
     *
     * @throws IOException when it could not be deleted
     */
    public void delete(String object) throws IOException {
        try {
            ObjectStore store = store(connection.get());
            if (exists(store) && store.getInfo(object) != null) {
                store.delete(object);
            }
        } catch (JetStreamApiException | RuntimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Something that asks the object store. */
    private interface Work<T> {
        T on(ObjectStore store)
                throws IOException, JetStreamApiException, InterruptedException, NoSuchAlgorithmException;
    }

    /** Does it, and once more when that fails, for the bucket that was there may have gone. */
    private <T> T attempt(Work<T> work) throws IOException, InterruptedException {
        Connection now = connection.get();
        Known before = known;
        try {
            if (before != null && before.connection == now) {
                try {
                    return work.on(before.store);
                } catch (IOException | JetStreamApiException | IllegalStateException e) {
                    known = null; // it may have gone, and somebody else may have made it again meanwhile
                }
            }
            ObjectStore store = found(now);
            known = new Known(now, store);
            return work.on(store);
        } catch (JetStreamApiException | NoSuchAlgorithmException | RuntimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private ObjectStore found(Connection now) throws IOException, JetStreamApiException {
        ObjectStore store = store(now);
        if (!exists(store)) {
            try {
                now.objectStoreManagement(storeOptions())
                        .create(ObjectStoreConfiguration.builder(name)
                                .storageType(StorageType.File)
                                .build());
            } catch (JetStreamApiException e) {
                if (!exists(store)) { // nobody else has just made it
                    throw e;
                }
            }
        }
        return store;
    }

    private ObjectStore store(Connection now) throws IOException {
        return now.objectStore(name, storeOptions());
    }

    private ObjectStoreOptions storeOptions() {
        return ObjectStoreOptions.builder().jetStreamOptions(options).build();
    }

    private static boolean exists(ObjectStore store) throws IOException {
        try {
            store.getStatus();
            return true;
        } catch (JetStreamApiException missing) {
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
