package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Counts how often each name was asked for, in a key-value store. Thread-safe. */
public record Counters(KeyValue keyValue, ActorLog log) {
    CompletionStage<HttpResponse> count(String name) {
        return keyValue.increment(new IncrementRequest(key(name), 1)).thenApply(count -> {
            log.info("counted %s up to %d".formatted(name, count));
            return Answers.json(200, Map.of("counter", count));
        });
    }

    /** How far it has been counted, without counting. */
    CompletionStage<HttpResponse> read(String name) {
        return keyValue.get(key(name)).thenApply(found -> Answers.json(200, Map.of("counter", number(found.value()))));
    }

    private static long number(String value) {
        try {
            return value.isEmpty() ? 0 : Long.parseLong(value);
        } catch (NumberFormatException noCounter) {
            throw new Refusal(409, "what the store has under this name is no counter");
        }
    }

    /** The key that a counter is kept under. */
    public static String key(String name) {
        return "counter:" + name;
    }
}
