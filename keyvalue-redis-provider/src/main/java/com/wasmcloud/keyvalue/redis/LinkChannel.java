package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Budget;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;

/**
 * What a link asks of each of its connections: bounds for the size of answers and the time for them.
 *
 * @param memory what answers are counted in
 * @param timeout for an answer
 */
record LinkChannel(Budget.Share memory, Duration timeout) {
    /** For a client that never connects. */
    static final LinkChannel OF_NO_LINK = new LinkChannel(new Budget(1).share(), Duration.ZERO);

    /** Sets up every connection as its bootstrap was told; clients share it. */
    static final NettyCustomizer CUSTOMIZER = new NettyCustomizer() {
        @Override
        public void afterChannelInitialized(Channel channel) {
            LinkChannel link = channel.attr(KEY).get();
            String encoder = channel.pipeline().context(CommandEncoder.class).name();
            channel.pipeline()
                    .addBefore(encoder, "flushes together", new FlushesTogether())
                    .addBefore(encoder, "reply limits", new ReplyLimits(link.memory))
                    .addBefore(encoder, "request deadlines", new RequestDeadlines(link.timeout.toNanos()));
        }
    };

    private static final AttributeKey<LinkChannel> KEY = AttributeKey.valueOf("link");

    /** Has connections that this makes follow the link's bounds. */
    void applyTo(Bootstrap bootstrap) {
        bootstrap.attr(KEY, this);
    }
}
