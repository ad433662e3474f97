package com.wasmcloud.blobstore.s3;

import com.wasmcloud.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void usesOnlyWhatItMay() {
        ArchitectureRules.check();
    }

    @Test
    void hasNoRings() {
        ArchitectureRules.checkRings();
    }

    @Test
    void knowsTheContractInItsAdaptersOnly() {
        ArchitectureRules.checkAdapters(
                "com.wasmcloud.contract.blobstore",
                "BlobstoreS3Provider",
                "S3Blobstore",
                "BlobstoreMessages",
                "Uploads",
                "Instances",
                "Downloads",
                "Download",
                "ChunkPlan");
    }
}
