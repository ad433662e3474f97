package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.ConnectionEvents;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.net.SocketAddress;
import java.util.List;
import reactor.core.publisher.Mono;

/** The cluster client, with connections that follow the bounds of a link. */
final class BoundedClusterClient extends RedisClusterClient {
    private final LinkChannel link;

    BoundedClusterClient(ClientResources resources, List<RedisURI> nodes, LinkChannel link) {
        super(resources, nodes);
        this.link = link;
    }

    @Override
    protected void connectionBuilder(
            Mono<SocketAddress> address, ConnectionBuilder builder, ConnectionEvents events, RedisURI uri) {
        super.connectionBuilder(address, builder, events, uri);
        link.applyTo(builder.bootstrap());
    }
}
