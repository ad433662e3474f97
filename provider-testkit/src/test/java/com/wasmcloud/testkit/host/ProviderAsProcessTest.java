package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Servers.class)
class ProviderAsProcessTest {
    private final NatsServer nats;
    private final Path folder;

    ProviderAsProcessTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource
    void startsLinksCallsAndStopsAnExecutable(HostForm form) throws IOException {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .link(actor, Map.of())
                    .start(InMemoryProvider.executable(folder));

            assertThat(Await.result(actor.calling(provider, KeyValueContract.INSTANCE)
                            .increment(new IncrementRequest("counter", 3))))
                    .isEqualTo(3);

            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(provider.process().output()).isEmpty();
        }
    }

    @Test
    void aLinkThatIsPutWhileTheProviderStartsIsNotLost() throws IOException {
        try (TestHost host = TestHost.start(nats)) {
            TestProvider provider =
                    host.provider(KeyValueContract.INSTANCE).launch(InMemoryProvider.executable(folder));
            TestActor actor = host.actor();
            provider.link(actor, Map.of());

            provider.awaitAnswer();
            provider.awaitLinked(actor);
        }
    }

    @Test
    void tellsWhyAProviderDoesNotStart() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "#!/bin/sh\necho 'no such luck' >&2\nexit 4\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
        try (TestHost host = TestHost.start(nats)) {
            assertThatThrownBy(() -> host.provider(KeyValueContract.INSTANCE).start(broken))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("the provider ended with code 4: no such luck\n");
        }
    }

    @Test
    void noProcessOutlivesItsHost() throws IOException {
        TestHost host = TestHost.start(nats);
        TestProvider provider = host.provider(KeyValueContract.INSTANCE).start(InMemoryProvider.executable(folder));
        assertThat(provider.process().running()).isTrue();

        host.close();

        assertThat(provider.process().running()).isFalse();
    }
}
