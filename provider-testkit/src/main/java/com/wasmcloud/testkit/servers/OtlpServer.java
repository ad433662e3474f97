package com.wasmcloud.testkit.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Takes traces and metrics over OTLP, as a collector does, and keeps them; for tests of what a provider reports, which have
 * {@code io.opentelemetry.proto:opentelemetry-proto} among their dependencies. Thread-safe. Whoever makes one closes it.
 */
public final class OtlpServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Reported> spans = new CopyOnWriteArrayList<>();
    private final List<Metric> metrics = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();

    /** A span, and the attributes of who reported it. */
    public record Reported(Span span, Map<String, String> resource) {
        public String name() {
            return span.getName();
        }

        public String traceId() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        public String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        public String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        public Map<String, String> attributes() {
            return texts(span.getAttributesList());
        }
    }

    /** Starts one on a free port of 127.0.0.1. */
    public OtlpServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/v1/traces", exchange -> take(exchange, this::traces));
        server.createContext("/v1/metrics", exchange -> take(exchange, this::metrics));
        server.start();
    }

    private interface Reader {
        void read(InputStream body) throws IOException;
    }

    private void take(HttpExchange exchange, Reader reader) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        headers.add(authorization == null ? "" : authorization);
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = exchange.getRequestBody();
                InputStream plain = zipped ? new GZIPInputStream(body) : body) {
            reader.read(plain);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void traces(InputStream body) throws IOException {
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(ofResource -> {
            Map<String, String> resource = texts(ofResource.getResource());
            ofResource.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(span -> spans.add(new Reported(span, resource)));
        });
    }

    private void metrics(InputStream body) throws IOException {
        ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .forEach(scope -> metrics.addAll(scope.getMetricsList()));
    }

    private static Map<String, String> texts(Resource resource) {
        return texts(resource.getAttributesList());
    }

    /** Attributes as text. */
    public static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        attribute -> attribute.getValue().hasIntValue()
                                ? Long.toString(attribute.getValue().getIntValue())
                                : attribute.getValue().getStringValue()));
    }

    /** Where it is, without a path. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All spans so far, in the order in which they came. */
    public List<Reported> spans() {
        return new ArrayList<>(spans);
    }

    /** All metrics so far, with repetitions. */
    public List<Metric> metrics() {
        return new ArrayList<>(metrics);
    }

    /** The credentials of each request so far, empty where there were none. */
    public List<String> authorizations() {
        return new ArrayList<>(headers);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
