package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ReturningHostTest {
    @Test
    void goesOnWithAProviderThatLivedOn(NatsServer nats) {
        NatsAccess access = NatsAccess.anonymous(nats.url());
        HostKeys keys = HostKeys.generate(HostForm.RUST);
        String lattice = TestHost.newLattice();
        try (TestHost before = TestHost.start(access, lattice, keys)) {
            TestActor actor = before.actor();
            TestProvider provider = before.provider(KeyValueContract.INSTANCE)
                    .link(actor, Map.of())
                    .start(InMemoryProvider.PROVIDER);
            assertThat(increment(actor, provider)).isEqualTo(1);

            TestHost after = TestHost.start(access, lattice, keys);
            TestActor same = after.actor(actor.key());
            TestProvider elsewhere = after.provider(KeyValueContract.INSTANCE)
                    .key(provider.key())
                    .link(same, Map.of())
                    .elsewhere("another-start");

            assertThat(increment(same, elsewhere)).isEqualTo(2);
            assertThat(elsewhere.health().healthy()).isTrue();
            assertThat(elsewhere.instanceId()).isEqualTo("another-start");
            assertThatThrownBy(elsewhere::process).hasMessageContaining("has no process that this host has started");
            after.close();
            assertThat(provider.health().healthy()).isTrue();
        }
    }

    @Test
    void namesEachStartOfAProvider(NatsServer nats) {
        try (TestHost host = TestHost.start(nats)) {
            ProviderSetup setup = host.provider(KeyValueContract.INSTANCE);
            String first;
            try (TestProvider provider = setup.start(InMemoryProvider.PROVIDER)) {
                first = provider.instanceId();
            }
            try (TestProvider provider = setup.start(InMemoryProvider.PROVIDER)) {
                assertThat(provider.instanceId()).hasSize(36).isNotEqualTo(first);
            }
        }
    }

    private static int increment(TestActor actor, TestProvider provider) {
        KeyValue keyValue = actor.calling(provider, KeyValueContract.INSTANCE);
        return Await.result(keyValue.increment(new IncrementRequest("key", 1)));
    }
}
