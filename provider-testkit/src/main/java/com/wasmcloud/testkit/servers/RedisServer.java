package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real Redis server. It keeps nothing on disk unless it was asked to be {@linkplain RedisSetup#durable durable}.
 *
 * <p>See {@link Server} for threads and ownership.
 */
public final class RedisServer extends Server {
    static final String ADMIN = "testkit";

    private final Optional<String> password;
    private final boolean tls;
    private final String adminPassword;

    RedisServer(ServerProcess process, Optional<String> password, boolean tls, String adminPassword) {
        super(process);
        this.password = password;
        this.tls = tls;
        this.adminPassword = adminPassword;
    }

    /**
     * Starts a server that lets everybody in.
     *
     * @throws IllegalStateException when there is none to be had, with all the ways to get one, or when it does not
     *     come up, with what it printed
     */
    public static RedisServer start() {
        return setup().start();
    }

    /** Describes a server that is to be started. */
    public static RedisSetup setup() {
        return RedisSetup.PLAIN;
    }

    /** Where clients connect, as {@code redis://127.0.0.1:…} or {@code rediss://…}, with the password if there is one. */
    public String url() {
        return "%s://%s127.0.0.1:%d"
                .formatted(
                        tls ? "rediss" : "redis",
                        password.map(text -> ":" + text + "@").orElse(""),
                        port());
    }

    /** The unix socket on which it listens as well. */
    public Path socket() {
        return socket(process().directory());
    }

    /**
     * Sends one command on a connection of its own, as a user who may do everything, and waits for the reply.
     *
     * @return the parts of the reply as text: none for nil, one for a single value, all elements for an array
     * @throws IllegalStateException when the server is unavailable or answers with an error, whose text is in the message
     */
    public List<String> command(String... words) {
        try (RedisConnection connection = RedisConnection.to(socket())) {
            connection.call(List.of("AUTH", ADMIN, adminPassword));
            return connection.call(List.of(words));
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "%s on the Redis of port %d failed: %s".formatted(words[0], port(), failure.getMessage()), failure);
        }
    }

    static Path socket(Path directory) {
        return directory.resolve("redis.sock");
    }
}
