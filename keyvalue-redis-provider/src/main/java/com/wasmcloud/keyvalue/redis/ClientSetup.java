package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.support.Reachability.Pauses;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;

/** A link's settings in the terms of the Redis client. */
final class ClientSetup {
    /** Requests of a link that may wait for an answer. */
    static final int MOST_PENDING = 20_000;

    /** Between attempts to connect, of a link or of a cluster's client. */
    static final Pauses PAUSES = new Pauses(Duration.ofMillis(50), Duration.ofSeconds(1));

    private static final Duration TOPOLOGY_READ_EVERY = Duration.ofSeconds(10);
    private static final Duration TOPOLOGY_READ_AT_MOST_EVERY = Duration.ofSeconds(1);
    private static final int ANY_PORT = 1;

    private ClientSetup() {}

    /**
     * Options of a connection that ends when it is lost: what was in flight fails at once and is never sent again, since
     * nobody can tell whether it was done. {@link RequestDeadlines} see to the time for an answer.
     */
    static ClientOptions server(RedisSettings settings) {
        return common(ClientOptions.builder(), settings)
                .autoReconnect(false)
                .timeoutOptions(TimeoutOptions.create()) // which is none
                .build();
    }

    /** The same for a cluster, whose client connects lost nodes again and follows their changes itself. */
    static ClusterClientOptions cluster(RedisSettings settings) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        common(builder, settings);
        return builder.autoReconnect(true)
                // requests wait where deadlines do not see them while a node is being connected
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .validateClusterNodeMembership(false)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(TOPOLOGY_READ_EVERY)
                        .adaptiveRefreshTriggersTimeout(TOPOLOGY_READ_AT_MOST_EVERY)
                        .refreshTriggersReconnectAttempts(1)
                        .build())
                .build();
    }

    private static ClientOptions.Builder common(ClientOptions.Builder builder, RedisSettings settings) {
        return builder.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2) // the handshake that every server and proxy knows
                .pingBeforeActivateConnection(false) // not every user may; the first probe asks
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .requestQueueSize(MOST_PENDING)
                .useHashIndexQueue(false)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .build())
                .sslOptions(ssl(settings));
    }

    private static SslOptions ssl(RedisSettings settings) {
        SslOptions.Builder builder = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
        TlsSettings tls = settings.tls();
        builder.trustManager(Trust.in(tls.authorities()));
        if (tls.certificate().isPresent() && tls.key().isPresent()) {
            builder.keyManager(
                    tls.certificate().get().toFile(),
                    tls.key().get().toFile(),
                    tls.keyPassword().map(Secret::reveal).orElse("").toCharArray());
        }
        return builder.build();
    }

    /** A server that holds data. */
    static RedisURI server(RedisSettings settings, Node node, Login login) {
        RedisURI uri = uri(settings, node.host(), node.port(), login);
        uri.setDatabase(settings.address().database());
        return uri;
    }

    /** A sentinel. */
    static RedisURI sentinel(RedisSettings settings, Node node, Login login) {
        return uri(settings, node.host(), node.port(), login);
    }

    /** A server that holds data, by its socket in place of a host. */
    static RedisURI socket(RedisSettings settings, RedisAddress.Socket socket, Login login) {
        RedisURI uri = uri(settings, socket.path(), ANY_PORT, login);
        uri.setDatabase(socket.database());
        return uri;
    }

    private static RedisURI uri(RedisSettings settings, String host, int port, Login login) {
        RedisURI uri = RedisURI.Builder.redis(host, port)
                .withSsl(settings.address().tls())
                .withVerifyPeer(
                        switch (settings.tls().verification()) {
                            case FULL -> SslVerifyMode.FULL;
                            case CA -> SslVerifyMode.CA;
                            case NONE -> SslVerifyMode.NONE;
                        })
                .withTimeout(settings.commandTimeout())
                .build();
        uri.setCredentialsProvider(login);
        uri.setLibraryName(""); // saves a round trip on each connect
        uri.setLibraryVersion("");
        return uri;
    }
}
