package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.keyvalue.redis.RedisAddress.Credentials;
import com.wasmcloud.keyvalue.redis.RedisAddress.Node;
import com.wasmcloud.provider.settings.Secret;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;

/** Says a link's settings in the words of the Redis client. */
final class LettuceSetup {
    /**
     * Commands of a link that may wait for an answer: more than the library lets in by itself, and few enough to be kept.
     */
    static final int MOST_PENDING = 20_000;

    private static final int ANY_PORT = 1;

    private LettuceSetup() {}

    /**
     * Options of a connection that ends when it is lost: what was in flight fails at once and is never sent again, since
     * nobody can tell whether it was done.
     */
    static ClientOptions options(RedisSettings settings) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2) // the handshake that every server and proxy knows
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .requestQueueSize(MOST_PENDING)
                .useHashIndexQueue(false)
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .build())
                .sslOptions(ssl(settings))
                .build();
    }

    private static SslOptions ssl(RedisSettings settings) {
        SslOptions.Builder builder = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
        TlsSettings tls = settings.tls();
        tls.authorities().ifPresent(file -> builder.trustManager(file.toFile()));
        if (tls.certificate().isPresent() && tls.key().isPresent()) {
            builder.keyManager(
                    tls.certificate().get().toFile(),
                    tls.key().get().toFile(),
                    tls.keyPassword().map(Secret::reveal).orElse("").toCharArray());
        }
        return builder.build();
    }

    /** A node of the link's address, as its users. */
    static RedisURI node(RedisSettings settings, Node node) {
        return uri(settings, node.host(), node.port(), settings.credentials());
    }

    /** A sentinel of the link's address. */
    static RedisURI sentinel(RedisSettings settings, Node node) {
        RedisURI uri = uri(settings, node.host(), node.port(), settings.sentinelCredentials());
        uri.setDatabase(0);
        return uri;
    }

    /** The socket of the link's address, in place of a host. */
    static RedisURI socket(RedisSettings settings) {
        return uri(settings, settings.address().name(), ANY_PORT, settings.credentials());
    }

    private static RedisURI uri(RedisSettings settings, String host, int port, Credentials credentials) {
        RedisURI.Builder builder = RedisURI.Builder.redis(host, port)
                .withDatabase(settings.address().database())
                .withSsl(settings.address().tls())
                .withVerifyPeer(
                        switch (settings.tls().verification()) {
                            case FULL -> SslVerifyMode.FULL;
                            case CA -> SslVerifyMode.CA;
                            case NONE -> SslVerifyMode.NONE;
                        })
                .withTimeout(settings.commandTimeout());
        credentials.password().ifPresent(password -> {
            char[] text = password.reveal().toCharArray();
            credentials
                    .username()
                    .ifPresentOrElse(user -> builder.withAuthentication(user, text), () -> builder.withPassword(text));
        });
        RedisURI uri = builder.build();
        uri.setLibraryName(""); // saves a round trip on each connect
        uri.setLibraryVersion("");
        return uri;
    }
}
