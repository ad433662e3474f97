package com.wasmcloud.blobstore.s3.http;

import com.wasmcloud.blobstore.s3.http.HttpClientOptions.Proxy;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.provider.support.ServerTrust;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections for one client: looks up the name, tries the addresses in turn, makes the tunnel and the TLS handshake.
 * Thread-safe; closing it closes all connections that it ever made, those under way included.
 */
final class Connector implements AutoCloseable {
    private final HttpClientOptions options;
    private final HostNames names;
    private final Bootstrap bootstrap;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable SslContext tls;

    Connector(HttpClientOptions options, HostNames names, EventLoopGroup loops) {
        this.options = options;
        this.names = names;
        bootstrap = new Bootstrap()
                .group(loops)
                .channelFactory(NioSocketChannel::new)
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis())
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel unused) {} // what is added depends on the server
                });
    }

    private int millis() {
        return (int) Math.min(Integer.MAX_VALUE, options.connectTimeout().toMillis());
    }

    /** A connection over which requests can be sent. */
    CompletionStage<Channel> connect(Server server) {
        Proxy proxy = options.proxyFor(server.host());
        String host = proxy == null ? server.host() : proxy.host();
        int port = proxy == null ? server.port() : proxy.port();
        return addresses(host)
                .thenCompose(addresses -> firstOf(addresses, 0, port))
                .thenCompose(channel -> proxy == null
                        ? CompletableFuture.completedFuture(channel)
                        : Tunnel.make(channel, server, proxy, options.connectTimeout()))
                .thenCompose(channel ->
                        server.tls() ? secured(channel, server) : CompletableFuture.completedFuture(channel));
    }

    private CompletionStage<List<InetAddress>> addresses(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal == null) {
            return names.addresses(host);
        }
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getByAddress(host, literal)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Channel> firstOf(List<InetAddress> addresses, int index, int port) {
        return connect(new InetSocketAddress(addresses.get(index), port))
                .exceptionallyCompose(failure -> index + 1 < addresses.size() && !closed
                        ? firstOf(addresses, index + 1, port)
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletionStage<Channel> connect(InetSocketAddress address) {
        ChannelFuture connecting = bootstrap.connect(address);
        Channel channel = connecting.channel();
        channels.add(channel);
        ChannelFuture unusedEnd = channel.closeFuture().addListener(end -> channels.remove(channel));
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        ChannelFuture unused = connecting.addListener(end -> {
            if (!end.isSuccess()) {
                close(channel);
                connected.completeExceptionally(end.cause());
            } else if (closed) {
                close(channel);
                connected.completeExceptionally(new ConnectionLostException("the client is closed"));
            } else {
                connected.complete(channel);
            }
        });
        return connected;
    }

    /** One that has no event loop yet cannot be closed, and need not: it is when its connecting ends. */
    private static void close(Channel channel) {
        if (channel.isRegistered()) {
            ChannelFuture unused = channel.close();
        }
    }

    private CompletionStage<Channel> secured(Channel channel, Server server) {
        CompletableFuture<Channel> done = new CompletableFuture<>();
        try {
            SslHandler handler = tls().newHandler(channel.alloc(), server.host(), server.port());
            handler.setHandshakeTimeoutMillis(options.connectTimeout().toMillis());
            channel.pipeline().addLast(handler);
            Future<?> unused = handler.handshakeFuture().addListener(end -> {
                if (end.isSuccess()) {
                    done.complete(channel);
                } else {
                    close(channel);
                    done.completeExceptionally(end.cause());
                }
            });
        } catch (IOException | RuntimeException e) {
            close(channel);
            done.completeExceptionally(e);
        }
        return done;
    }

    private synchronized SslContext tls() throws SSLException {
        if (tls == null) {
            tls = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(options.trust().orElseGet(ServerTrust::byDefault))
                    .build();
        }
        return tls;
    }

    @Override
    public void close() {
        closed = true;
        channels.forEach(Connector::close);
    }
}
