package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.suites.BlobstoreContractTest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code wasmcloud:blobstore}. */
final class BlobstoreKit implements Kit {
    private static final String CONTAINER = "wasmcloud-verify";
    private static final String FALSE = "c2";
    private static final int TRIED = 2_000_000;
    /** What can only be seen of a provider that sends objects of this size in pieces. */
    private static final Set<String> IN_PIECES = Set.of(
            "contract/a-larger-object-comes-in-chunks-in-order-of-which-one-is-the-last",
            "contract/a-large-part-comes-in-chunks-with-their-place-in-the-object",
            "contract/objects-that-are-read-at-the-same-time-do-not-mix",
            "contract/a-receiver-that-wants-no-more-gets-no-more",
            "contract/a-receiver-that-fails-gets-no-more");

    @Override
    public String contractId() {
        return BlobstoreContract.INSTANCE.id();
    }

    @Override
    public String operation() {
        return "Blobstore.ContainerExists";
    }

    @Override
    public Bytes argument() {
        return Codec.STRING.encode("a-container-that-is-not-there", Encoding.MSGPACK);
    }

    @Override
    public boolean isServed(Reply reply) {
        return reply.result() != null && reply.result().toHex().equals(FALSE);
    }

    @Override
    public boolean hasLargeArguments() {
        return true;
    }

    @Override
    public Call largeArgument(Lab lab, int size) {
        Blobstore store = store(lab);
        Await.result(store.createContainer(CONTAINER));
        int around = encoded(put("large", size)).size() - size;
        return new Call(
                "Blobstore.PutObject",
                lab.actor().invocation(lab.provider(), "Blobstore.PutObject", encoded(put("large", size - around))),
                reply -> !reply.isError()
                        && Await.result(store.getObjectInfo(new ContainerObject(CONTAINER, "large")))
                                        .contentLength()
                                == size - around);
    }

    @Override
    public List<Check> suite() {
        return SuiteChecks.of(contractId(), BlobstoreContractTest.class, Suite::new).stream()
                .map(check -> IN_PIECES.contains(check.name()) ? inPieces(check) : check)
                .toList();
    }

    private static Check inPieces(Check check) {
        return new Check(check.name(), check.form(), check.rule(), trial -> {
            if (measuredFirstChunk(trial.lab()) == TRIED) {
                throw new Skipped(
                        "an object of %d bytes comes in one piece; link values with a smaller first chunk help"
                                .formatted(TRIED));
            }
            check.scenario().play(trial);
        });
    }

    private static PutObjectRequest put(String object, int size) {
        Chunk whole = new Chunk(object, CONTAINER, Bytes.wrap(new byte[size]), 0, true);
        return new PutObjectRequest(whole, Optional.empty(), Optional.empty());
    }

    private static Bytes encoded(PutObjectRequest request) {
        return PutObjectRequest.CODEC.encode(request, Encoding.MSGPACK);
    }

    private static Blobstore store(Lab lab) {
        return lab.actor().calling(lab.provider(), BlobstoreContract.INSTANCE);
    }

    /** How much of an object comes at once, found out with a large one. */
    private static int measuredFirstChunk(Lab lab) {
        Blobstore store = store(lab);
        Await.result(store.createContainer(CONTAINER));
        Await.result(store.putObject(put("first-chunk", TRIED)));
        GetObjectRequest all = new GetObjectRequest("first-chunk", CONTAINER, Optional.empty(), Optional.empty());
        return Await.result(store.getObject(all))
                .initialChunk()
                .map(chunk -> chunk.bytes().size())
                .orElseThrow(() -> new AssertionError("GetObject gives no first chunk of an object that is there"));
    }

    /** The suite against a provider. */
    private static final class Suite extends BlobstoreContractTest {
        private final Blobstore store;
        private final int firstChunk;

        Suite(Trial trial) {
            Lab lab = trial.lab();
            firstChunk = measuredFirstChunk(lab);
            lab.actor().serves(ChunkReceiverContract.INSTANCE, receiver());
            store = Recorded.of(Blobstore.class, trial, store(lab));
        }

        @Override
        protected Blobstore blobstore() {
            return store;
        }

        @Override
        protected int largestFirstChunk() {
            return firstChunk;
        }
    }
}
