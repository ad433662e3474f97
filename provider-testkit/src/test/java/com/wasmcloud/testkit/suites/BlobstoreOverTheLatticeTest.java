package com.wasmcloud.testkit.suites;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.rpc.Encoding;
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

/** The suite again, with a provider, a lattice, and each encoding that actors speak in between. */
class BlobstoreOverTheLatticeTest {
    @Nested
    class WithAnActorThatSpeaksMsgpack extends OverTheLattice {
        WithAnActorThatSpeaksMsgpack(NatsServer nats) {
            super(nats, HostForm.RUST, Encoding.MSGPACK);
        }
    }

    @Nested
    class WithAnActorThatSpeaksCbor extends OverTheLattice {
        WithAnActorThatSpeaksCbor(NatsServer nats) {
            super(nats, HostForm.OTP, Encoding.CBOR);
        }
    }

    @ExtendWith(Servers.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OverTheLattice extends BlobstoreContractTest {
        private final TestHost host;
        private final Blobstore blobstore;

        OverTheLattice(NatsServer nats, HostForm form, Encoding encoding) {
            host = TestHost.start(nats, form);
            TestActor actor = host.actor();
            actor.serves(ChunkReceiverContract.INSTANCE, receiver());
            TestProvider provider = host.provider(BlobstoreContract.INSTANCE)
                    .start(Provider.named("blobstore-in-memory")
                            .speaks(Wasmbus.serves(
                                    BlobstoreContract.INSTANCE,
                                    link -> new InMemoryBlobstore(
                                            link.actor(ChunkReceiverContract.INSTANCE), largestFirstChunk()))));
            provider.linkAndAwait(actor, Map.of());
            blobstore = actor.calling(provider, BlobstoreContract.INSTANCE, encoding);
        }

        @Override
        protected Blobstore blobstore() {
            return blobstore;
        }

        @Override
        protected int largestFirstChunk() {
            return 100_000;
        }

        @AfterAll
        void close() {
            host.close();
        }
    }
}
