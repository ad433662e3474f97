package com.wasmcloud.httpserver.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.httpserver.Ports;
import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.ServerSettings;
import com.wasmcloud.testkit.Await;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpPortTest {
    @Test
    void isTriedAgainWhateverTheFailure() {
        AtomicInteger attempts = new AtomicInteger();
        HttpPorts ports = new HttpPorts(() -> {
            switch (attempts.incrementAndGet()) {
                case 1 -> throw new OutOfMemoryError("unable to create native thread");
                case 2 -> throw new IllegalStateException("no");
                default -> {
                    return HttpVertx.start();
                }
            }
        });

        HttpPort port = ports.open(
                new HttpAddress(InetAddress.getLoopbackAddress(), Ports.free()),
                new ServerSettings(
                        Optional.empty(),
                        65_536,
                        new ServerSettings.ClientLimits(10, Duration.ofSeconds(1), Duration.ofSeconds(1))),
                Future.succeededFuture(),
                new RequestHandlers(request -> {}, request -> {}));

        Await.until("the port is bound", () -> port.health().healthy());
        assertThat(attempts).hasValue(3);
        port.close();
        Await.result(port.closed().toCompletionStage());
    }

    @Test
    void isClosedAtOnceWhileItIsNotBound() {
        HttpPorts ports = new HttpPorts(() -> {
            throw new IllegalStateException("never");
        });
        HttpPort port = ports.open(
                new HttpAddress(InetAddress.getLoopbackAddress(), Ports.free()),
                new ServerSettings(
                        Optional.empty(),
                        65_536,
                        new ServerSettings.ClientLimits(10, Duration.ofSeconds(1), Duration.ofSeconds(1))),
                Future.succeededFuture(),
                new RequestHandlers(request -> {}, request -> {}));
        Await.until("the failure is reported", () -> port.health().reason().contains("never"));

        port.close();

        Await.result(port.closed().toCompletionStage());
    }
}
