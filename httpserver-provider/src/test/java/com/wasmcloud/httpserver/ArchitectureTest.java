package com.wasmcloud.httpserver;

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

    @Test
    void knowsTheContractInItsAdaptersOnly() {
        ArchitectureRules.checkAdapters(
                "com.wasmcloud.contract.httpserver",
                "HttpServerProvider",
                "ActorHandler",
                "ActorMessages",
                "ResponseHeaders");
    }
}
