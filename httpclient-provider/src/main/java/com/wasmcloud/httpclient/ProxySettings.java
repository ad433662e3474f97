package com.wasmcloud.httpclient;

import com.wasmcloud.httpclient.access.HostPatterns;
import com.wasmcloud.httpclient.access.Target;
import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import io.vertx.core.net.ProxyOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP proxy. An immutable value that prints no secret.
 *
 * @param exceptions servers that are reached without it
 */
record ProxySettings(Target server, HostPatterns exceptions) {
    private static final String EXAMPLE = "must be a URL such as http://user:password@proxy.example.com:3128";

    static Optional<ProxySettings> from(Settings settings) {
        HostPatterns exceptions = HostPatterns.from(settings, "no_proxy");
        return settings.parsedSecret("proxy", Optional.<Target>empty(), ProxySettings::server)
                .map(server -> new ProxySettings(server, exceptions));
    }

    private static Optional<Target> server(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Target server;
        try {
            server = Target.parse(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXAMPLE, e);
        }
        if (server.secure() || !server.pathAndQuery().equals("/")) {
            throw new IllegalArgumentException(EXAMPLE);
        }
        return Optional.of(server);
    }

    /** Whether a server is reached through it. */
    boolean isFor(Target target) {
        return !exceptions.match(target);
    }

    /**
     * For a request.
     *
     * @param address the proxy's
     */
    ProxyOptions options(InetAddress address, Duration connectTimeout) {
        ProxyOptions options = new ProxyOptions()
                .setHost(address.getHostAddress()) // a name would be looked up on the event loop
                .setPort(server.port())
                .setConnectTimeout(connectTimeout);
        server.user().map(Secret::reveal).ifPresent(access -> {
            int colon = access.indexOf(':');
            options.setUsername(colon < 0 ? access : access.substring(0, colon))
                    .setPassword(colon < 0 ? "" : access.substring(colon + 1));
        });
        return options;
    }
}
