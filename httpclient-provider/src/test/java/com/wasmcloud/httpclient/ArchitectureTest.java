package com.wasmcloud.httpclient;

import com.wasmcloud.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void usesOnlyWhatItMay() {
        ArchitectureRules.check();
    }

    @Test
    void onlyTheAdapterKnowsTheMessagesOfTheContract() {
        ArchitectureRules.checkAdapters(
                "com.wasmcloud.contract.httpclient..", "HttpClientProvider", "HttpClientSession");
    }

    @Test
    void noFilesNeedEachOtherInARing() {
        ArchitectureRules.checkRings();
    }
}
