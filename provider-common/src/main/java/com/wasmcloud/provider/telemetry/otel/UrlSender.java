package com.wasmcloud.provider.telemetry.otel;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Threads;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Sends over the JDK's older HTTP client, which takes every name of a host. Thread-safe. */
final class UrlSender implements HttpSender {
    private static final int IDLE_SECONDS = 10;

    private final HttpSenderConfig config;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads.daemons("otlp"));

    /** What the collector has said. */
    private record Answer(int status, String reason, Bytes body) implements HttpResponse {
        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public String getStatusMessage() {
            return reason;
        }

        @Override
        public byte[] getResponseBody() {
            return body.toByteArray();
        }
    }

    UrlSender(HttpSenderConfig config) {
        this.config = config;
    }

    @Override
    public void send(MessageWriter message, Consumer<HttpResponse> answered, Consumer<Throwable> failed) {
        try {
            threads.execute(() -> {
                Answer answer;
                try {
                    answer = post(message);
                } catch (Throwable e) {
                    failed.accept(e);
                    return;
                }
                answered.accept(answer);
            });
        } catch (Throwable e) { // closed, or no thread to be had
            failed.accept(e);
        }
    }

    private Answer post(MessageWriter message) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) config.getEndpoint().toURL().openConnection();
        if (connection instanceof HttpsURLConnection https && config.getSslContext() != null) {
            https.setSSLSocketFactory(config.getSslContext().getSocketFactory());
        }
        connection.setConnectTimeout(Math.toIntExact(config.getConnectTimeout().toMillis()));
        connection.setReadTimeout(Math.toIntExact(config.getTimeout().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", config.getContentType());
        config.getHeadersSupplier()
                .get()
                .forEach((name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
        byte[] body = body(message, connection);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        String reason = connection.getResponseMessage();
        try (InputStream in = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            return new Answer(status, reason == null ? "" : reason, content(in));
        }
    }

    private byte[] body(MessageWriter message, HttpURLConnection connection) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Compressor compressor = config.getCompressor();
        if (compressor == null) {
            message.writeMessage(body);
        } else {
            connection.setRequestProperty("Content-Encoding", compressor.getEncoding());
            try (OutputStream compressed = compressor.compress(body)) {
                message.writeMessage(compressed);
            }
        }
        return body.toByteArray();
    }

    private Bytes content(@Nullable InputStream in) throws IOException {
        int most = (int) Math.min(Integer.MAX_VALUE, config.getMaxResponseBodySize());
        return in == null ? Bytes.EMPTY : Bytes.wrap(in.readNBytes(most));
    }

    @Override
    public CompletableResultCode shutdown() {
        threads.shutdown();
        return CompletableResultCode.ofSuccess();
    }
}
