package com.wasmcloud.blobstore.s3.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * A request and its answer, from the pool to the end of the body. Once it has begun, its connection's event loop uses it;
 * the result may be completed from outside, which ends it.
 */
final class Exchange {
    private final AsyncExecuteRequest request;
    private final SdkAsyncHttpResponseHandler handler;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private @Nullable Runnable withdrawal;
    private @Nullable ScheduledFuture<?> patience;
    private volatile @Nullable Wire connection;
    private @Nullable RequestSender sender;
    private @Nullable ResponseBody body;
    private boolean keepAlive;
    private boolean informational;
    private boolean received;

    Exchange(AsyncExecuteRequest request) {
        this.request = request;
        this.handler = request.responseHandler();
        CompletableFuture<?> unused = result.whenComplete((done, failure) -> {
            if (failure != null) {
                giveUp(failure);
            }
        });
    }

    /** Completes when the whole body has been handed on. */
    CompletableFuture<Void> result() {
        return result;
    }

    /** Waits for a connection, for so long, unless it is withdrawn. */
    synchronized void waits(Runnable withdraw, ScheduledFuture<?> atMost) {
        withdrawal = withdraw;
        patience = atMost;
        if (result.isDone() || connection != null) {
            atMost.cancel(false);
        }
    }

    /** Sends the request; {@code false} if nobody waits for it any more. */
    boolean begin(Wire given) {
        synchronized (this) {
            connection = given;
            stopWaiting();
        }
        if (result.isDone()) {
            received = true; // the connection is no concern of it
            return false;
        }
        RequestSender sending = new RequestSender(request, given.channel(), this::fail);
        sender = sending;
        sending.begin();
        given.read();
        return true;
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    void mayWrite() {
        if (sender != null) {
            sender.proceed();
        }
    }

    /** Whether something that has not come yet is wanted. */
    boolean wantsMore() {
        return body == null || body.wantsMore();
    }

    /** Fails if nothing has come for so long; otherwise says when to look again. */
    Duration endIfServerIsSilent(Duration timeout) {
        Duration silence = body == null ? Duration.ZERO : body.silence();
        if (silence.compareTo(timeout) < 0) {
            return timeout.minus(silence);
        }
        fail(new ServerSilentException("S3 sent nothing for %d ms".formatted(timeout.toMillis())));
        return timeout;
    }

    /** A part of the answer, which is released here or by the body. */
    void received(Object message) {
        try {
            if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
                throw new IOException(
                        "the answer is no HTTP", part.decoderResult().cause());
            }
            if (message instanceof HttpResponse head) {
                begin(head);
            }
            if (message instanceof HttpContent content) {
                add(content);
            }
        } catch (Throwable e) {
            ReferenceCountUtil.release(message);
            fail(e);
        }
    }

    private void begin(HttpResponse head) {
        informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (informational) {
            if (head.status().equals(HttpResponseStatus.CONTINUE) && sender != null) {
                sender.sendBody();
            }
            return;
        }
        Wire own = connection;
        if (own == null) {
            return;
        }
        keepAlive = HttpUtil.isKeepAlive(head);
        SdkHttpResponse.Builder response = SdkHttpResponse.builder()
                .statusCode(head.status().code())
                .statusText(head.status().reasonPhrase());
        head.headers().forEach(header -> response.appendHeader(header.getKey(), header.getValue()));
        ResponseBody begun = new ResponseBody(own, result);
        body = begun;
        handler.onHeaders(response.build());
        handler.onStream(begun);
        own.watchBody();
    }

    private void add(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        ResponseBody to = body;
        if (informational || to == null) {
            informational &= !last;
            content.release();
            return;
        }
        if (last) {
            received = true;
            boolean sent = sender != null && sender.isSent();
            if (sender != null && !sent) {
                sender.stop(); // the server has answered early
            }
            Wire own = connection;
            if (own != null) {
                own.done(keepAlive && sent);
            }
        }
        to.add(content.content());
        if (last) {
            to.complete();
        }
    }

    /** Ends it with a failure, wherever it is. From any thread. */
    void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /** After {@link #result} has failed, for whatever reason. */
    private void giveUp(Throwable failure) {
        Wire own;
        Runnable withdraw;
        synchronized (this) {
            stopWaiting();
            own = connection;
            withdraw = withdrawal;
            withdrawal = null;
        }
        if (withdraw != null) {
            withdraw.run();
        }
        if (own == null) {
            handler.onError(failure);
        } else if (own.channel().eventLoop().inEventLoop()) {
            abort(own, failure);
        } else {
            own.channel().eventLoop().execute(() -> abort(own, failure));
        }
    }

    private void abort(Wire own, Throwable failure) {
        if (sender != null) {
            sender.stop();
        }
        if (!received) {
            received = true;
            own.close();
        }
        if (body != null) {
            body.fail(failure);
        }
        handler.onError(failure);
    }
}
