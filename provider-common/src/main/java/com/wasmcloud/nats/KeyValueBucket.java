package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.Bytes;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A bucket of JetStream's key-value store.
 *
 * <p>Thread-safe. Every method waits for the server, some seconds at the most.
 */
public final class KeyValueBucket {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final Supplier<Connection> connection;
    private final String name;
    private final KeyValueOptions options;

    KeyValueBucket(Supplier<Connection> connection, String name, String domain) {
        this.connection = connection;
        this.name = name;
        options = new KeyValueOptions.Builder()
                .jetStreamOptions(ClientOptions.jetStream(domain, ANSWERED_WITHIN))
                .build();
    }

    /**
     * The values whose keys begin with a prefix; none when there is no such bucket.
     *
     * @throws IOException when they cannot be read
     */
    public Map<String, Bytes> entries(String prefix) throws IOException, InterruptedException {
        try {
            Map<String, Bytes> entries = new LinkedHashMap<>();
            if (!exists()) {
                return entries;
            }
            KeyValue bucket = connection.get().keyValue(name, options);
            for (String key : bucket.keys()) {
                KeyValueEntry entry = key.startsWith(prefix) ? bucket.get(key) : null;
                if (entry != null && entry.getValue() != null) { // it may have been deleted meanwhile
                    entries.put(key, Bytes.wrap(entry.getValue()));
                }
            }
            return entries;
        } catch (JetStreamApiException | RuntimeException e) {
            throw new IOException("the bucket " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Sets a value, in a bucket that is made if it is not there.
     *
     * @throws IOException when it cannot be set
     */
    public void put(String key, byte[] value) throws IOException {
        try {
            if (!exists()) {
                management().create(KeyValueConfiguration.builder().name(name).build());
            }
            connection.get().keyValue(name, options).put(key, value);
        } catch (JetStreamApiException | RuntimeException e) {
            throw new IOException("the bucket " + name + " cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean exists() throws IOException, JetStreamApiException {
        try {
            management().getStatus(name);
            return true;
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private KeyValueManagement management() throws IOException {
        return connection.get().keyValueManagement(options);
    }
}
