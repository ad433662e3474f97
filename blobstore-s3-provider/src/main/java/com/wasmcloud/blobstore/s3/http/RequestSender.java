package com.wasmcloud.blobstore.s3.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * Sends a request: the head, and then the body as fast as the socket takes it. Small requests are one write. Used by the
 * connection's event loop; what publishes the body may do so on any thread.
 */
final class RequestSender implements Subscriber<ByteBuffer> {
    /** A server that knows nothing of {@code Expect} sends no 100 and waits for the body. */
    private static final long PATIENCE_FOR_CONTINUE_MILLIS = 1000;

    private static final int WORTH_FLUSHING = 64 * 1024;

    private final SdkHttpRequest request;
    private final SdkHttpContentPublisher content;
    private final Channel channel;
    private final Consumer<Throwable> failed;
    private @Nullable Subscription subscription;
    private @Nullable ScheduledFuture<?> patience;
    private boolean bodyBegun;
    private boolean asked;
    private int unflushed;
    private boolean sent;
    private boolean stopped;

    RequestSender(AsyncExecuteRequest request, Channel channel, Consumer<Throwable> failed) {
        this.request = request.request();
        this.content = request.requestContentPublisher();
        this.channel = channel;
        this.failed = failed;
    }

    /** Whether all of it is on its way. */
    boolean isSent() {
        return sent;
    }

    void begin() {
        HttpMethod method = HttpMethod.valueOf(request.method().name());
        String query = request.encodedQueryParameters().map(text -> "?" + text).orElse("");
        String path = (request.encodedPath().isEmpty() ? "/" : request.encodedPath()) + query;
        HttpHeaders headers = headers();
        if (!hasBody(method, headers)) {
            write(
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            method,
                            path,
                            Unpooled.EMPTY_BUFFER,
                            headers,
                            DefaultHttpHeadersFactory.trailersFactory().newEmptyHeaders()),
                    true);
            sent = true;
            return;
        }
        DefaultHttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, path, headers);
        boolean waits = HttpUtil.is100ContinueExpected(head);
        write(head, waits);
        if (waits) {
            patience =
                    channel.eventLoop().schedule(this::sendBody, PATIENCE_FOR_CONTINUE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            sendBody();
        }
    }

    private HttpHeaders headers() {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        request.forEachHeader((name, values) -> headers.add(name, values));
        if (!headers.contains(HttpHeaderNames.HOST)) {
            boolean standard = request.port() == (request.protocol().equalsIgnoreCase("https") ? 443 : 80);
            headers.set(HttpHeaderNames.HOST, standard ? request.host() : request.host() + ":" + request.port());
        }
        return headers;
    }

    private boolean hasBody(HttpMethod method, HttpHeaders headers) {
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.DELETE)) {
            return false;
        }
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            content.contentLength()
                    .ifPresentOrElse(
                            length -> headers.set(HttpHeaderNames.CONTENT_LENGTH, length),
                            () -> headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked"));
        }
        return !"0".equals(headers.get(HttpHeaderNames.CONTENT_LENGTH));
    }

    /** Once, when the server wants the body. */
    void sendBody() {
        stopWaiting();
        if (!bodyBegun && !stopped) {
            bodyBegun = true;
            content.subscribe(this);
        }
    }

    /** What waits holds on to the whole body. */
    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    @Override
    public void onSubscribe(Subscription made) {
        onLoop(() -> {
            subscription = made;
            proceed();
        });
    }

    /** Asks for more of the body if the socket takes it. */
    void proceed() {
        if (subscription == null || stopped) {
            if (subscription != null) {
                subscription.cancel();
            }
        } else if (!asked && channel.isWritable()) {
            asked = true;
            subscription.request(1);
        }
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        onLoop(() -> {
            asked = false;
            if (!stopped) {
                unflushed += bytes.remaining();
                write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), unflushed >= WORTH_FLUSHING);
                proceed();
            }
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> {
            if (!stopped) {
                sent = true;
                write(LastHttpContent.EMPTY_LAST_CONTENT, true);
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        failed.accept(failure);
    }

    private void write(Object part, boolean flush) {
        if (flush) {
            unflushed = 0;
            ChannelFuture unused = channel.writeAndFlush(part, channel.voidPromise());
        } else {
            ChannelFuture unused = channel.write(part, channel.voidPromise());
        }
    }

    /** The rest of the body is not wanted. */
    void stop() {
        stopped = true;
        stopWaiting();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void onLoop(Runnable step) {
        if (channel.eventLoop().inEventLoop()) {
            step.run();
        } else {
            channel.eventLoop().execute(step);
        }
    }
}
