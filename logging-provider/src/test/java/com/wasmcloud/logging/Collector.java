package com.wasmcloud.logging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes logs over OTLP on a real socket, as a collector does, or answers as a test wants it. Thread-safe. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    /** A record, with the attributes of its resource and of itself, and what came in the request's headers. */
    record Received(
            LogRecord log,
            Map<String, String> attributes,
            @Nullable String authorization) {
        String text() {
            return log.getBody().getStringValue();
        }

        String traceId() {
            return HexFormat.of().formatHex(log.getTraceId().toByteArray());
        }

        String spanId() {
            return HexFormat.of().formatHex(log.getSpanId().toByteArray());
        }
    }

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/logs", this::take);
        server.start();
    }

    /** Answers with a status from now on. */
    void answers(int httpStatus) {
        status = httpStatus;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void take(HttpExchange exchange) throws IOException {
        ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(exchange.getRequestBody());
        if (status == 200) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            request.getResourceLogsList()
                    .forEach(ofResource -> ofResource.getScopeLogsList().forEach(scope -> scope.getLogRecordsList()
                            .forEach(log -> {
                                Map<String, String> attributes =
                                        texts(ofResource.getResource().getAttributesList());
                                attributes.putAll(texts(log.getAttributesList()));
                                received.add(new Received(log, attributes, authorization));
                            })));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        attributes.forEach(attribute -> texts.put(
                attribute.getKey(),
                attribute.getValue().hasIntValue()
                        ? Long.toString(attribute.getValue().getIntValue())
                        : attribute.getValue().getStringValue()));
        return texts;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
