package com.wasmcloud.demo.actor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the actor's host knows about a provider.
 *
 * @param contract what it serves
 * @param state what it says of itself
 * @param reason why it is not healthy, empty otherwise
 * @param instance the name that its host gave to this start of it
 * @param callsPerSecond calls between the actor and it, over the last seconds
 * @param calls such calls since the actor started
 * @param failed those of them that failed
 */
public record ProviderStatus(
        String name,
        String contract,
        State state,
        String reason,
        String instance,
        double callsPerSecond,
        long calls,
        long failed) {
    /** How a provider is. */
    public enum State {
        /** It says that all is well. */
        HEALTHY,
        /** It says that something is wrong. */
        UNHEALTHY,
        /** It says nothing. */
        SILENT
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("contract", contract);
        json.put("state", word());
        json.put("reason", reason);
        json.put("instance", instance);
        json.put("callsPerSecond", callsPerSecond);
        json.put("calls", calls);
        json.put("failed", failed);
        return json;
    }

    private String word() {
        return switch (state) {
            case HEALTHY -> "healthy";
            case UNHEALTHY -> "unhealthy";
            case SILENT -> "silent";
        };
    }
}
