package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.testkit.servers.CephGateway;
import com.wasmcloud.testkit.suites.BlobstoreContractTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A second opinion on what S3 is: {@code mvn verify -Dceph=true}. It installs and starts a small Ceph, which takes a while. */
@EnabledIfSystemProperty(named = "ceph", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CephTest extends BlobstoreContractTest {
    private static final int LARGEST_CHUNK = 100_000;

    private final CephGateway ceph = CephGateway.start();
    private final Links links = new Links();
    private final S3Blobstore blobstore =
            links.open(ceph.linkValues(), receiver(), "max_chunk_size_bytes", String.valueOf(LARGEST_CHUNK));

    @AfterAll
    void close() {
        links.close();
        ceph.close();
    }

    @Override
    protected Blobstore blobstore() {
        return blobstore;
    }

    @Override
    protected int largestFirstChunk() {
        return LARGEST_CHUNK;
    }
}
