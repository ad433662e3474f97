package com.wasmcloud.provider;

import com.wasmcloud.nats.LatticeConnection;
import com.wasmcloud.provider.telemetry.Span;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.provider.telemetry.Telemetry.Metric;
import com.wasmcloud.provider.telemetry.TelemetryOptions;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.PayloadStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of a provider is reported, and how it gets between the parts of it. */
final class Reports {
    /** Stands for every operation that the contract does not have: callers could invent any number of them. */
    private static final String OTHER = "_OTHER";

    private Reports() {}

    /** Starts to report what the settings, the environment and the host want, in that order. */
    static Telemetry start(HostData host, Provider<?> provider, Map<String, String> settings) {
        Map<String, String> wanted = new HashMap<>(System.getenv());
        wanted.putAll(settings);
        wanted.values().removeIf(String::isBlank); // hosts pass what they have not been given as an empty text
        if (!host.tracesExporter().isEmpty()) {
            wanted.putIfAbsent("OTEL_TRACES_EXPORTER", host.tracesExporter());
        }
        if (!host.otlpEndpoint().isEmpty()) {
            wanted.putIfAbsent("OTEL_EXPORTER_OTLP_ENDPOINT", host.otlpEndpoint());
        }
        return TelemetryOptions.of(wanted, identity(host, provider)).start();
    }

    private static Map<String, String> identity(HostData host, Provider<?> provider) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("service.name", provider.name());
        identity.put("service.instance.id", host.instanceId());
        identity.put("wasmcloud.lattice", host.lattice());
        identity.put("wasmcloud.host", host.hostId());
        identity.put("wasmcloud.provider", host.providerKey());
        identity.put("wasmcloud.link", host.linkName());
        identity.put("wasmcloud.contract", String.join(",", new TreeSet<>(provider.contractIds())));
        identity.values().removeIf(String::isEmpty);
        return identity;
    }

    /** Reports each invocation that is served. */
    static Responder served(Responder responder, Set<String> operations, Telemetry telemetry) {
        if (!telemetry.isOn()) {
            return responder;
        }
        return (invocation, trace) -> {
            String operation = operations.contains(invocation.operation()) ? invocation.operation() : OTHER;
            Span span = telemetry.served(operation, invocation.origin().publicKey(), trace);
            return span.until(responder.respond(invocation, span.context(trace)));
        };
    }

    /** Reports each call of an actor. */
    static Link.Outbound called(Link.Outbound outbound, Telemetry telemetry) {
        if (!telemetry.isOn()) {
            return outbound;
        }
        return (origin, target, operation, argument, options) -> {
            Map<String, String> trace = options.trace().orElseGet(TraceContext::current);
            Span span = telemetry.called(operation, target.publicKey(), trace);
            return span.until(outbound.call(origin, target, operation, argument, options.traced(span.context(trace))));
        };
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
        telemetry.gauges(
                total("wasmcloud.chunked.bytes", "By", "Payloads that went through the object store"),
                "wasmcloud.direction",
                () -> Map.of("fetched", parts.payloads.fetchedBytes(), "stored", parts.payloads.storedBytes()));
        telemetry.gauge(
                total("wasmcloud.nats.reconnects", "{reconnect}", "How often NATS was lost and found again"),
                parts.connection::reconnects);
    }

    /** What has numbers. */
    record Parts(
            LatticeConnection connection, PayloadStore payloads, LinkTable<?> links, Load load, Collection<?> queue) {}

    private static Metric number(String name, String unit, String description) {
        return new Metric(name, unit, description, false);
    }

    private static Metric total(String name, String unit, String description) {
        return new Metric(name, unit, description, true);
    }
}
