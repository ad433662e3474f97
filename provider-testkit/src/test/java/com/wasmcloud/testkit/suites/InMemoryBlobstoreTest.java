package com.wasmcloud.testkit.suites;

import com.wasmcloud.contract.blobstore.Blobstore;

class InMemoryBlobstoreTest extends BlobstoreContractTest {
    private final Blobstore blobstore = new InMemoryBlobstore(receiver(), largestFirstChunk());

    @Override
    protected Blobstore blobstore() {
        return blobstore;
    }

    @Override
    protected int largestFirstChunk() {
        return 10_000;
    }
}
