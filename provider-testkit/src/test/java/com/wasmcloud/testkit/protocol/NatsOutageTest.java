package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What NATS may do to a provider, which gets over all of it without a restart. */
class NatsOutageTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Echo echo = new Echo();

    @Test
    void triesAgainForEverWhenTheLoginIsRefusedForAWhile() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        AtomicInteger received = new AtomicInteger();
        try (NatsServer nats = NatsServer.setup().user("user", "right").start();
                TestHost host = TestHost.start(access(nats), TestHost.newLattice(), HostForm.RUST);
                NatsConnection own = NatsConnection.connect(access(nats), "test")) {
            own.subscribe("subject", message -> received.incrementAndGet());
            own.onReconnect(() -> {
                if (failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread: simulated");
                }
            });
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "x")).start(echo.provider());
            nats.kill();
            // two refusals in a row end the clients of the host, the provider and this test; all have to come back
            try (RefusingServer refusing = new RefusingServer(nats.port())) {
                Await.until("everybody was refused more than twice", LONG, () -> refusing.refused.get() > 12);
                Await.until("this client has ended", LONG, () -> own.problem()
                        .orElse("")
                        .contains("refuses the login"));
            }
            nats.restart();
            Await.until("the connection is set up again", LONG, () -> failures.get() < 0 && own.isConnected());
            for (int i = 0; i < 100; i++) {
                own.publish("subject", new byte[0]);
            }
            own.flush();
            Await.until("all messages have come", () -> received.get() >= 100);
            own.flush();
            assertThat(received)
                    .as("connections that could not be set up are closed")
                    .hasValue(100);
            Await.until(
                    "it serves again",
                    LONG,
                    () -> holds(() -> Await.result(
                                    actor.calling(provider, Echo.CONTRACT).value())
                            .equals("x")));
        }
    }

    private static NatsAccess access(NatsServer nats) {
        return NatsAccess.anonymous(nats.url().replace("//", "//user:right@"));
    }

    /** Refuses the login of everybody, as NATS does. */
    private static final class RefusingServer implements AutoCloseable {
        private final ServerSocket socket;
        private final AtomicInteger refused = new AtomicInteger();

        RefusingServer(int port) throws IOException {
            socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(this::refuse, "refusing");
            thread.setDaemon(true);
            thread.start();
        }

        private void refuse() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept();
                        OutputStream out = client.getOutputStream();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                    out.write(
                            "INFO {\"server_id\":\"N\",\"version\":\"2.10.0\",\"proto\":1,\"headers\":true,\"max_payload\":1048576,\"auth_required\":true}\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    String line = in.readLine();
                    out.write("-ERR 'Authorization Violation'\r\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    if (line != null && line.startsWith("CONNECT")) {
                        refused.incrementAndGet();
                    }
                } catch (IOException clientHasGone) {
                    // the next one
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void getsOverANatsThatIsFrozenUnderLoad() {
        try (NatsServer nats = NatsServer.start();
                TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .rpcTimeout(Duration.ofMillis(500))
                    .link(actor, Map.of("v", "x"))
                    .start(echo.provider());
            Echo.Service backwards = echo.sessions.element().link.actor(Echo.CONTRACT);
            nats.freeze();
            List<CompletionStage<Bytes>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                calls.add(backwards.echo(Bytes.wrap(new byte[800_000])));
            }
            for (CompletionStage<Bytes> call : calls) {
                boolean failed = Await.result(call.handle((result, failure) -> failure != null));
                assertThat(failed)
                        .as("a call that cannot be made ends all the same")
                        .isTrue();
            }
            nats.thaw();
            Await.until(
                    "it serves again",
                    LONG,
                    () -> holds(() -> Await.result(
                                    actor.calling(provider, Echo.CONTRACT).value())
                            .equals("x")));
        }
    }

    /** Whether something holds; not while nobody can be asked. */
    private static boolean holds(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (RpcException nobodyThere) {
            return false;
        }
    }
}
