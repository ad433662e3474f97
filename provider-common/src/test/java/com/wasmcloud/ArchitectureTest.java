package com.wasmcloud;

import com.wasmcloud.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsToTheRules() {
        ArchitectureRules.check();
    }

    @Test
    void hasNoRings() {
        ArchitectureRules.checkRings();
    }
}
