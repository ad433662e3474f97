package com.wasmcloud.blobstore.s3;

import com.wasmcloud.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void usesOnlyWhatItMay() {
        ArchitectureRules.check();
    }
}
