package com.wasmcloud.logging;

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
        ArchitectureRules.checkAdapters("com.wasmcloud.contract.logging", "LoggingProvider", "LogLink", "LogLine");
    }
}
