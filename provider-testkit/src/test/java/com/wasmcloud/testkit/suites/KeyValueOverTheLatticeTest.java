package com.wasmcloud.testkit.suites;

import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.Wasmbus;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite again, with a provider, a lattice, and each family of hosts in between. */
class KeyValueOverTheLatticeTest {
    @Nested
    class WithAHostInRust extends OverTheLattice {
        WithAHostInRust(NatsServer nats) {
            super(nats, HostForm.RUST);
        }
    }

    @Nested
    class WithAHostInElixir extends OverTheLattice {
        WithAHostInElixir(NatsServer nats) {
            super(nats, HostForm.OTP);
        }
    }

    @Nested
    class WithTheHarness extends OverTheLattice {
        WithTheHarness(NatsServer nats) {
            super(nats, HostForm.HARNESS);
        }
    }

    @ExtendWith(Servers.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OverTheLattice extends KeyValueContractTest {
        private final TestHost host;
        private final KeyValue keyValue;

        OverTheLattice(NatsServer nats, HostForm form) {
            KeyValue store = new InMemoryKeyValue();
            host = TestHost.start(nats, form);
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .start(Provider.named("keyvalue-in-memory")
                            .speaks(Wasmbus.serves(KeyValueContract.INSTANCE, link -> store)));
            TestActor actor = host.actor();
            provider.linkAndAwait(actor, Map.of());
            keyValue = actor.calling(provider, KeyValueContract.INSTANCE);
        }

        @Override
        protected KeyValue keyValue() {
            return keyValue;
        }

        @AfterAll
        void close() {
            host.close();
        }
    }
}
