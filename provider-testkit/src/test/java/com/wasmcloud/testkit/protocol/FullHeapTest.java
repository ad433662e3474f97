package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.Wasmbus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class FullHeapTest {
    @Test
    void endsTheProcessWithOneLineAndACodeOfItsOwnAfterTheReply(NatsServer nats, @TempDir Path folder)
            throws IOException {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(executable(folder));
            assertThatThrownBy(() ->
                            Await.result(actor.calling(provider, Echo.CONTRACT).value()))
                    .hasMessageStartingWith("internal error in the provider during Echo.Value");
            assertThat(provider.process().awaitExit()).isEqualTo(3);
            assertThat(provider.process().log()).containsOnlyOnce("hungry ends: the heap is full");
        }
    }

    private static Path executable(Path folder) throws IOException {
        Path script = folder.resolve("hungry");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                script,
                "#!/bin/sh\nexec '%s' -Xmx64m -cp '%s' '%s'\n"
                        .formatted(java, System.getProperty("java.class.path"), Hungry.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** A provider that needs more memory than there is. */
    static final class Hungry implements Echo.Service {
        private final List<byte[]> eaten = new ArrayList<>();

        /** Starts it as a host would. */
        public static void main(String... arguments) {
            Provider.named("hungry")
                    .speaks(Wasmbus.serves(Echo.CONTRACT, link -> new Hungry()))
                    .run(arguments);
        }

        @Override
        public CompletionStage<String> value() {
            while (true) {
                eaten.add(new byte[1 << 20]);
            }
        }

        @Override
        public CompletionStage<Bytes> echo(Bytes payload) {
            return CompletableFuture.completedFuture(payload);
        }

        @Override
        public CompletionStage<Bytes> grow(long size) {
            return CompletableFuture.completedFuture(Bytes.EMPTY);
        }

        @Override
        public CompletionStage<Void> hang() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Void> fail() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Bytes> callBack(Bytes payload) {
            return CompletableFuture.completedFuture(payload);
        }
    }
}
