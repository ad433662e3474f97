package com.wasmcloud.provider.telemetry.otel;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;

/**
 * Gives exporters a sender for hosts of every name. The one that they find on their own, over the JDK's HTTP client,
 * refuses names that are no host names in the strict sense, such as those with an underscore that Compose gives its
 * services. Stateless.
 */
public final class AnyHost implements ComponentLoader, HttpSenderProvider {
    private final ComponentLoader loader = ComponentLoader.forClassLoader(AnyHost.class.getClassLoader());

    @Override
    public <T> Iterable<T> load(Class<T> service) {
        return service == HttpSenderProvider.class ? List.of(service.cast(this)) : loader.load(service);
    }

    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        return config.getEndpoint().getHost() == null
                ? new UrlSender(config)
                : loader.load(HttpSenderProvider.class).iterator().next().createSender(config);
    }
}
