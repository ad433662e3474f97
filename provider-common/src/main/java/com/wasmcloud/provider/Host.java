package com.wasmcloud.provider;

import com.wasmcloud.provider.settings.Sources;
import java.util.Map;

/**
 * What the runtime wants to know of host data, whatever generation wrote it. An immutable value.
 *
 * @param configJson the provider configuration, empty for none
 * @param structuredLogging whether logs are to be JSON
 * @param logLevel level for logs as hosts name them, empty for the default
 * @param telemetry variables of OpenTelemetry that the host sets, for where neither settings nor the environment do
 * @param identity names of this process and its place, as attributes of what it reports
 */
public record Host(
        String configJson,
        boolean structuredLogging,
        String logLevel,
        Map<String, String> telemetry,
        Map<String, String> identity) {
    /** Keeps copies. */
    public Host {
        telemetry = Map.copyOf(telemetry);
        identity = Map.copyOf(identity);
    }

    /** The provider configuration, as a source of settings. */
    Sources configuration() {
        return Sources.ofConfiguration("the provider configuration (config_json)", configJson);
    }
}
