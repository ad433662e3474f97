package com.wasmcloud.demo;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Counts how often each name was asked for, in a key-value store. Thread-safe. */
record Counters(KeyValue keyValue, ActorLog log) {
    CompletionStage<HttpResponse> count(String name) {
        return keyValue.increment(new IncrementRequest(key(name), 1)).thenApply(count -> {
            log.info("counted %s up to %d".formatted(name, count));
            return Answers.json(200, Map.of("counter", count));
        });
    }

    /** The key that a counter is kept under. */
    static String key(String name) {
        return "counter:" + name;
    }
}
