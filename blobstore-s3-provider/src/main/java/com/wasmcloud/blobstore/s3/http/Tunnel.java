package com.wasmcloud.blobstore.s3.http;

import com.wasmcloud.blobstore.s3.http.HttpClientOptions.Proxy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks a proxy for a tunnel, and leaves the pipeline when there is one. Used by one event loop. */
final class Tunnel extends SimpleChannelInboundHandler<HttpObject> {
    private final HttpClientCodec codec = new HttpClientCodec();
    private final CompletableFuture<Channel> made = new CompletableFuture<>();
    private boolean accepted;

    private Tunnel() {}

    /** Completes with the same channel, whose bytes then go to the server and come from it. */
    static CompletionStage<Channel> make(Channel channel, Server server, Proxy proxy, Duration timeout) {
        Tunnel tunnel = new Tunnel();
        channel.pipeline().addLast(tunnel.codec, tunnel);
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, server.authority());
        request.headers().set(HttpHeaderNames.HOST, server.authority());
        proxy.authorization().ifPresent(value -> request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
        ChannelFuture unused = channel.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                tunnel.fail(channel, sent.cause());
            }
        });
        ScheduledFuture<?> tooLate = channel.eventLoop()
                .schedule(
                        () -> tunnel.fail(channel, new IOException("the proxy does not answer")),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        return tunnel.made.whenComplete((same, failure) -> tooLate.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse response) {
            accepted = response.status().codeClass() == HttpStatusClass.SUCCESS;
            if (!accepted) {
                fail(context.channel(), new IOException("the proxy answers " + response.status()));
            }
        }
        if (accepted && message instanceof LastHttpContent && !made.isDone()) {
            context.pipeline().remove(codec);
            context.pipeline().remove(this);
            made.complete(context.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context.channel(), new ConnectionLostException("the proxy closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context.channel(), cause);
    }

    private void fail(Channel channel, Throwable cause) {
        if (made.completeExceptionally(cause)) {
            ChannelFuture unused = channel.close();
        }
    }
}
