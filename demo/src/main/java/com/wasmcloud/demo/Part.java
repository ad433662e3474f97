package com.wasmcloud.demo;

import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.Contract;
import java.nio.file.Path;

/** The providers of the demo. */
enum Part {
    KEY_VALUE("keyvalue-redis-provider", KeyValueContract.INSTANCE),
    BLOBS("blobstore-s3-provider", BlobstoreContract.INSTANCE),
    LOG("logging-provider", LoggingContract.LEGACY),
    HTTP("httpserver-provider", HttpServerContract.INSTANCE);

    private final String module;
    private final Contract<?> contract;

    Part(String module, Contract<?> contract) {
        this.module = module;
        this.contract = contract;
    }

    /** What names another executable for it. */
    String option() {
        return "--" + module;
    }

    Contract<?> contract() {
        return contract;
    }

    /** Its executable in the project's folder. */
    Path executable() {
        return Path.of(module, "target", module);
    }
}
