package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listens where Redis should be is something else, or nothing. */
class OddServersTest {
    private final Links links = new Links();
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        links.close();
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void oneThatNeverAnswersIsNotWaitedFor() throws IOException {
        String url = listen(socket -> {});
        RedisKeyValue patient = links.open(url);
        RedisKeyValue impatient = links.open(url, "command_timeout_ms", "200");

        Links.awaitHealth(impatient, "cannot reach Redis at 127.0.0.1:");
        Links.awaitHealth(impatient, "no answer in time; trying again");
        assertThat(Links.failure(impatient.get("key")))
                .startsWith("redis error: cannot reach 127.0.0.1:")
                .endsWith(": no answer in time; trying again");
        assertThat(patient.health().reason()).startsWith("still connecting to Redis at 127.0.0.1:");
    }

    @Test
    void oneThatStopsAnsweringFailsEachCallInItsTime() throws Exception {
        try (FakeRedis redis = FakeRedis.answering((words, to) -> {
            if (words.get(0).equals("PING")) {
                FakeRedis.write(to, "+PONG\r\n");
            }
        })) {
            RedisKeyValue keyValue = links.connect(redis.url(), "command_timeout_ms", "200");

            assertThat(Links.failure(keyValue.get("key")))
                    .endsWith(" within 200 ms; it is not known whether it was done");
            assertThat(Links.failure(keyValue.get("key")))
                    .endsWith(" within 200 ms; it is not known whether it was done");
        }
    }

    @Test
    void oneThatHangsUpIsSaid() throws IOException {
        RedisKeyValue keyValue = links.open(listen(Socket::close));

        assertThat(Links.failure(keyValue.get("key")))
                .startsWith("redis error: cannot reach 127.0.0.1:")
                .endsWith("; trying again");
    }

    @Test
    void oneThatSpeaksAnotherLanguageIsSaid() throws IOException {
        RedisKeyValue keyValue = links.open(listen(socket -> socket.getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));

        assertThat(Links.failure(keyValue.get("key")))
                .startsWith("redis error: cannot reach 127.0.0.1:")
                .endsWith(": it does not speak the protocol of Redis; trying again");
    }

    @FunctionalInterface
    private interface Greeting {
        void greet(Socket socket) throws IOException;
    }

    private String listen(Greeting greeting) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread thread = new Thread(() -> accept(server, greeting), "odd-server");
        thread.setDaemon(true);
        thread.start();
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    private void accept(ServerSocket server, Greeting greeting) {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                greeting.greet(socket);
            }
        } catch (SocketException closed) {
            // the test is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
