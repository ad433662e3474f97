package com.wasmcloud.logging;

import com.wasmcloud.provider.telemetry.otel.AnyHost;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Keeps the HTTP status of the latest answer that an exporter got, which the exporter itself does not tell: stands between
 * it and the sender that it would find on its own. Thread-safe; for one request at a time.
 */
final class KeptAnswer implements ComponentLoader, HttpSenderProvider {
    private static final int NONE = -1;

    private final AnyHost senders = new AnyHost();
    private volatile int status = NONE;

    /** Forgets the latest answer, before a request. */
    void forget() {
        status = NONE;
    }

    /** The status of the answer, empty when there was none. */
    OptionalInt status() {
        int latest = status;
        return latest == NONE ? OptionalInt.empty() : OptionalInt.of(latest);
    }

    @Override
    public <T> Iterable<T> load(Class<T> service) {
        return service == HttpSenderProvider.class ? List.of(service.cast(this)) : senders.load(service);
    }

    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        HttpSender sender = senders.createSender(config);
        return new HttpSender() {
            @Override
            public void send(MessageWriter message, Consumer<HttpResponse> answered, Consumer<Throwable> failed) {
                sender.send(
                        message,
                        answer -> {
                            status = answer.getStatusCode();
                            answered.accept(answer);
                        },
                        failed);
            }

            @Override
            public CompletableResultCode shutdown() {
                return sender.shutdown();
            }
        };
    }
}
