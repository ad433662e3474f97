package com.wasmcloud.demo;

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
}
