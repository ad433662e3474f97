package com.wasmcloud.blobstore.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.Await;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

class S3HttpClientTest {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final RawServer server = new RawServer();

    @AfterEach
    void close() {
        server.close();
        Future<?> unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private S3HttpClient client(int maxConnections, Duration readTimeout) {
        return S3HttpClient.create(
                new HttpClientOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        readTimeout,
                        maxConnections == 1 ? Duration.ofMillis(500) : Duration.ofSeconds(10),
                        maxConnections),
                loops,
                new HostNames(InetAddress::getAllByName, new Background("test").executor()));
    }

    private S3HttpClient client() {
        return client(10, Duration.ofSeconds(20));
    }

    private Answer get(S3HttpClient client) {
        return send(client, SdkHttpMethod.GET, "");
    }

    private Answer send(S3HttpClient client, SdkHttpMethod method, String body) {
        SdkHttpFullRequest request = SdkHttpFullRequest.builder()
                .method(method)
                .protocol("http")
                .host("localhost")
                .port(server.port())
                .encodedPath("/path")
                .build();
        Answer answer = new Answer();
        answer.result = client.execute(AsyncExecuteRequest.builder()
                .request(request)
                .requestContentPublisher(new Content(AsyncRequestBody.fromString(body)))
                .responseHandler(answer)
                .build());
        return answer;
    }

    @Test
    void aConnectionIsUsedAgain() {
        S3HttpClient client = client();
        for (int i = 0; i < 3; i++) {
            Answer answer = get(client);
            server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

            assertThat(answer.text()).isEqualTo("hello");
        }
        assertThat(server.accepted()).isEqualTo(1);
        client.close();
    }

    @Test
    void aClosedClientLeavesNoSocketWhateverIsUnderWay() {
        for (int i = 0; i < 20; i++) {
            S3HttpClient client = client();
            Answer waiting = get(client);
            if (i % 2 == 0) {
                server.next();
            }
            client.close();

            assertThat(waiting.failure()).isInstanceOf(ConnectionLostException.class);
        }
        Await.until("the server has seen the end of all connections", () -> server.open() == 0);
    }

    @Test
    void aBodyIsReadNoFasterThanItIsWanted() {
        S3HttpClient client = client();
        Answer answer = get(client);
        answer.automatic = false;
        server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        Await.until("the body has begun", () -> answer.subscription != null);

        assertThat(answer.result).isNotDone();
        answer.more();
        assertThat(answer.text()).isEqualTo("hello");
        client.close();
    }

    @Test
    void aServerThatFallsSilentInABodyIsGivenUp() {
        S3HttpClient client = client(10, Duration.ofMillis(100));
        Answer answer = get(client);
        server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");

        assertThat(answer.failure()).isInstanceOf(ServerSilentException.class).hasMessage("S3 sent nothing for 100 ms");
        Await.until("the body has failed", () -> answer.bodyFailure instanceof ServerSilentException);
        client.close();
    }

    @Test
    void aReaderThatTakesItsTimeIsNoSilentServer() {
        S3HttpClient client = client(10, Duration.ofMillis(50));
        Answer answer = get(client);
        answer.automatic = false;
        server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        Await.until("the body has begun", () -> answer.subscription != null);
        Answer other = get(client);
        server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");

        assertThat(other.failure()).isInstanceOf(ServerSilentException.class); // so much later
        answer.more();
        assertThat(answer.text()).isEqualTo("hello");
        client.close();
    }

    @Test
    void whenAllConnectionsAreInUseRequestsWaitAndAreThenRefused() {
        S3HttpClient client = client(1, Duration.ofSeconds(20));
        Answer first = get(client);
        RawServer.Request held = server.next();

        assertThat(get(client).failure()).isInstanceOf(NoFreeConnectionException.class);
        Answer waiting = get(client);
        held.answer("HTTP/1.1 204 No Content\r\n\r\n");
        server.next().answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(first.text()).isEmpty();
        assertThat(waiting.text()).isEmpty();
        client.close();
    }

    @Test
    void aConnectionThatBreaksIsAFailureOfItsRequestAndOfItsBody() {
        S3HttpClient client = client();
        Answer unanswered = get(client);
        server.next().hangUp();
        Answer half = get(client);
        RawServer.Request request = server.next();
        request.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
        Await.until("the body has begun", () -> half.subscription != null);
        request.hangUp();

        assertThat(unanswered.failure()).isInstanceOf(ConnectionLostException.class);
        assertThat(half.failure()).isInstanceOf(ConnectionLostException.class);
        Await.until("the body has failed", () -> half.bodyFailure instanceof ConnectionLostException);
        client.close();
    }

    @Test
    void aBodyIsSentWithTheRequestAndAnInterimAnswerIsNotTheAnswer() {
        S3HttpClient client = client();
        Answer answer = send(client, SdkHttpMethod.PUT, "content");
        RawServer.Request request = server.next();
        request.answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        assertThat(request.head()).startsWith("PUT /path HTTP/1.1\r\n").containsIgnoringCase("content-length: 7\r\n");
        assertThat(answer.text()).isEqualTo("ok");
        client.close();
    }

    @Test
    void whatIsNoHttpIsAFailure() {
        S3HttpClient client = client();
        Answer answer = get(client);
        server.next().answer("SSH-2.0-OpenSSH_9.2\r\n\r\n");

        assertThat(answer.failure()).isInstanceOf(IOException.class).hasMessage("the answer is no HTTP");
        client.close();
    }

    @Test
    void noHandlerOfAnAnswerHarmsTheConnectionsOfOthers() {
        S3HttpClient client = client();
        Answer answer = get(client);
        answer.full = true;
        server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

        assertThat(answer.failure()).isInstanceOf(LinkageError.class);
        Answer next = get(client);
        server.next().answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(next.text()).isEqualTo("hello");
        client.close();
    }

    private record Content(AsyncRequestBody body) implements SdkHttpContentPublisher {
        @Override
        public Optional<Long> contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> to) {
            body.subscribe(to);
        }
    }

    /** Collects an answer. */
    private static final class Answer implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private CompletableFuture<Void> result = new CompletableFuture<>();
        private volatile @Nullable Subscription subscription;
        private volatile @Nullable Throwable bodyFailure;
        private volatile boolean automatic = true;
        private volatile boolean full;

        @Override
        public void onHeaders(SdkHttpResponse head) {
            if (full) {
                throw new LinkageError("simulated");
            }
        }

        @Override
        public void onStream(Publisher<ByteBuffer> body) {
            body.subscribe(this);
        }

        /** Of the answer, or of its body. */
        @Override
        public void onError(Throwable failure) {
            bodyFailure = failure;
        }

        @Override
        public void onSubscribe(Subscription made) {
            subscription = made;
            if (automatic) {
                made.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            while (piece.hasRemaining()) {
                bytes.write(piece.get());
            }
        }

        @Override
        public void onComplete() {}

        private void more() {
            Subscription from = subscription;
            if (from != null) {
                from.request(1);
            }
        }

        private String text() {
            Await.result(result);
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private Throwable failure() {
            return Await.result(result.handle((done, failure) -> Optional.ofNullable(failure)))
                    .orElseThrow();
        }
    }

    /** Notes the heads of requests and sends whatever it is told. */
    private static final class RawServer implements AutoCloseable {
        private final ServerSocket socket;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private final List<Socket> ended = new CopyOnWriteArrayList<>();

        private RawServer() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            threads.execute(() -> {
                try {
                    while (true) {
                        Socket client = socket.accept();
                        sockets.add(client);
                        threads.execute(() -> read(client));
                    }
                } catch (IOException closed) {
                    // in the end
                }
            });
        }

        private void read(Socket client) {
            try {
                InputStream in = client.getInputStream();
                StringBuilder head = new StringBuilder();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    head.append((char) next);
                    if (head.indexOf("\r\n\r\n") >= 0) {
                        requests.add(new Request(client, head.toString()));
                        in.skipNBytes(head.toString().startsWith("PUT") ? 7 : 0);
                        head.setLength(0);
                    }
                }
            } catch (IOException reset) {
                // is an end, too
            }
            ended.add(client);
        }

        private record Request(Socket client, String head) {
            private void answer(String text) {
                try {
                    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            private void hangUp() {
                try {
                    client.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private int port() {
            return socket.getLocalPort();
        }

        private Request next() {
            Await.until("a request has come", () -> !requests.isEmpty());
            return requests.remove();
        }

        private int accepted() {
            return sockets.size();
        }

        private int open() {
            return sockets.size() - ended.size();
        }

        @Override
        public void close() {
            try {
                socket.close();
                for (Socket client : sockets) {
                    client.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
