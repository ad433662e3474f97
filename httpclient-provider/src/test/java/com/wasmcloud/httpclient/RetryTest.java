package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetryTest {
    private final Wired wired;
    private final AtomicInteger failing = new AtomicInteger();
    /** Ends a connection without an answer, so many times. */
    private final RawServer server = new RawServer((request, connection) -> {
        if (failing.getAndDecrement() > 0) {
            connection.close();
        } else {
            RawServer.send(connection, RawServer.response("200 OK", "at last"));
        }
    });

    RetryTest(NatsServer nats) {
        wired = Wired.start(nats);
    }

    @BeforeEach
    void forget() {
        server.requests().clear();
        failing.set(0);
    }

    @AfterAll
    void close() {
        server.close();
        wired.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void sendsAgainWhatDoesNoHarmTwice(String method) {
        failing.set(2);
        assertThat(wired.send(method, server.url(), Map.of(), "").statusCode()).isEqualTo(200);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "BREW"})
    void sendsNothingElseAgain(String method) {
        failing.set(1);
        assertThatThrownBy(() -> wired.send(method, server.url(), Map.of(), "x"))
                .hasMessage("sending request: no complete answer from " + server.url() + ": it closed the connection");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void givesUpAfterMaxAttempts() {
        failing.set(10);
        assertThatThrownBy(() -> wired.get(server.url())).hasMessageEndingWith("it closed the connection");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void doesNotSendAgainWhatHasAnAnswer() {
        try (RawServer half = new RawServer((request, connection) -> {
            RawServer.send(connection, "HTTP/1.1 503 Busy\r\ncontent-length: 10\r\n\r\nhalf");
            connection.close();
        })) {
            assertThatThrownBy(() -> wired.get(half.url())).hasMessageStartingWith("receiving response body: ");
            assertThat(half.requests()).hasSize(1);
        }
    }
}
