package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the JDK, with a guard at each listening one that sees connections before Vert.x does: Vert.x reports a
 * connection only when its first request is complete, and some clients never get so far. Thread-safe.
 */
final class GuardedSockets implements Transport, io.vertx.core.transport.Transport {
    private final Transport sockets = NIO.implementation();
    private final Map<HttpAddress, Clients> guards = new ConcurrentHashMap<>();

    /** Has a guard admit the connections to an address from now on, in place of an earlier one. */
    void guard(HttpAddress address, Clients clients) {
        guards.put(guarded(address), clients);
    }

    void release(HttpAddress address, Clients clients) {
        guards.remove(guarded(address), clients);
    }

    /** The wildcard address has two forms, and a socket does not tell which of them it was bound to. */
    private static HttpAddress guarded(HttpAddress address) {
        return address.ip().isAnyLocalAddress() ? address.withIp(HttpAddress.EVERY_IP) : address;
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        sockets.configure(config, domainSocket, bootstrap);
        bootstrap.handler(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext listening, Object accepted) {
                Clients guard = guardOf(listening.channel());
                if (guard != null && guard.admit((Channel) accepted)) {
                    listening.fireChannelRead(accepted);
                } else {
                    ((Channel) accepted).unsafe().closeForcibly();
                }
            }
        });
    }

    private @Nullable Clients guardOf(Channel listening) {
        InetSocketAddress local = (InetSocketAddress) listening.localAddress();
        return guards.get(guarded(new HttpAddress(local.getAddress(), local.getPort())));
    }

    @Override
    public String name() {
        return "guarded";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return sockets.ioHandlerFactory();
    }

    @Override
    @SuppressWarnings("deprecation") // as the interface has it
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return sockets.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return sockets.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return sockets.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return sockets.serverChannelFactory(domainSocket);
    }
}
