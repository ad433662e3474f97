package com.wasmcloud.keyvalue.redis;

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
        ArchitectureRules.checkAdapters("com.wasmcloud.contract.keyvalue", "KeyValueRedisProvider", "RedisKeyValue");
    }
}
