package com.wasmcloud.provider;

import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.provider.telemetry.Telemetry.Metric;
import com.wasmcloud.provider.telemetry.TelemetryOptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of a provider is reported, and how it gets between the parts of it. */
final class Reports {
    private Reports() {}

    /** Starts to report what the settings, the environment and the host want, in that order. */
    static Telemetry start(Host host, String provider, Map<String, String> settings) {
        Map<String, String> wanted = new HashMap<>(System.getenv());
        wanted.putAll(settings);
        wanted.values().removeIf(String::isBlank); // hosts pass what they have not been given as an empty text
        host.telemetry().forEach(wanted::putIfAbsent);
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("service.name", provider);
        identity.putAll(host.identity());
        return TelemetryOptions.of(wanted, identity).start();
    }

    /** Reports the numbers of a provider that no single call shows. */
    static void numbers(Telemetry telemetry, Parts parts) {
        if (!telemetry.isOn()) {
            return;
        }
        telemetry.gauge(
                number("wasmcloud.provider.queued", "{call}", "Calls by actors that no thread has taken up yet"),
                () -> parts.queue.size());
        telemetry.gauge(
                total("wasmcloud.provider.refused", "{call}", "Calls by actors that were one too many"),
                parts.load::refused);
        telemetry.gauge(number("wasmcloud.links.refused", "{link}", "Links that are refused"), parts.links::refused);
        telemetry.gauges(
                number("wasmcloud.link.up", "", "Whether the backend of a link works"),
                "wasmcloud.actor",
                parts.links::up);
    }

    /** What has numbers. */
    record Parts(LinkTable<?> links, Load load, Collection<?> queue) {}

    private static Metric number(String name, String unit, String description) {
        return new Metric(name, unit, description, false);
    }

    private static Metric total(String name, String unit, String description) {
        return new Metric(name, unit, description, true);
    }
}
