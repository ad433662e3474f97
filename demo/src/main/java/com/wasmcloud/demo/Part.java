package com.wasmcloud.demo;

import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.Contract;
import java.nio.file.Path;
import java.time.Duration;

/** The providers of the demo. */
enum Part {
    KEY_VALUE("keyvalue-redis-provider"),
    BLOBS("blobstore-s3-provider"),
    LOG("logging-provider"),
    FETCH("httpclient-provider"),
    HTTP("httpserver-provider");

    /** How long a call may take: time for megabytes to get through, on a busy machine too. */
    static final Duration CALLS = Duration.ofSeconds(10);

    private final String module;

    Part(String module) {
        this.module = module;
    }

    /** The module of the project that it is. */
    String module() {
        return module;
    }

    /** What names another executable for it. */
    String option() {
        return "--" + module;
    }

    Contract<?> contract() {
        return switch (this) {
            case KEY_VALUE -> KeyValueContract.INSTANCE;
            case BLOBS -> BlobstoreContract.INSTANCE;
            case LOG -> LoggingContract.LEGACY;
            case FETCH -> HttpClientContract.INSTANCE;
            case HTTP -> HttpServerContract.INSTANCE;
        };
    }

    /** Its executable in the project's folder. */
    Path executable() {
        return Path.of(module, "target", module);
    }
}
