package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.support.Pem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How S3 is reached. An immutable value that prints no secret.
 *
 * @param authorities who may sign the server's certificate, in PEM; those that Java trusts when empty
 * @param connectTimeout for a connection to be made, TLS included
 * @param readTimeout for the server to send something while it owes an answer
 * @param requestTimeout for a whole request and all its attempts, to which a second comes for each MiB of content
 * @param maxConnections of one link
 */
record NetworkSettings(
        Optional<Path> authorities,
        Optional<Proxy> proxy,
        Duration connectTimeout,
        Duration readTimeout,
        Duration requestTimeout,
        int maxConnections) {
    private static final int MIB = 1 << 20;
    private static final int DEFAULT_PROXY_PORT = 3128;
    private static final String PROXY_EXAMPLE = "must be a URL such as http://user:password@proxy.example.com:3128";

    /**
     * An HTTP proxy.
     *
     * @param exceptions hosts that are reached without it; {@code .example.com} and {@code *.example.com} are all hosts
     *     under that name
     */
    record Proxy(String host, int port, Optional<String> user, Optional<Secret> password, List<String> exceptions) {
        /** The value of {@code Proxy-Authorization}. */
        Optional<String> authorization() {
            return user.map(name -> {
                String both = name + ":" + password.map(Secret::reveal).orElse("");
                return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
            });
        }
    }

    static NetworkSettings from(Settings settings) {
        return new NetworkSettings(
                authorities(settings),
                settings.parsedSecret("proxy", Optional.<Proxy>empty(), text -> proxy(text, settings.list("no_proxy"))),
                settings.millis("connect_timeout_ms", Duration.ofSeconds(2)),
                settings.millis("read_timeout_ms", Duration.ofSeconds(30)),
                settings.millis("request_timeout_ms", Duration.ofSeconds(10)),
                settings.number("max_connections", 50, 1, 10_000));
    }

    /** The time for a request with so many bytes of content, in either direction. */
    Duration timeoutFor(long bytes) {
        return requestTimeout.plusSeconds(bytes / MIB);
    }

    /** The time that a request may wait for a connection; shorter than its own, so that the reason can be told. */
    Duration acquireTimeout() {
        return requestTimeout.multipliedBy(3).dividedBy(4);
    }

    private static Optional<Path> authorities(Settings settings) {
        Optional<Path> file = settings.file("tls_ca_file");
        file.ifPresent(path -> {
            try {
                Pem.certificates(path);
            } catch (IOException e) {
                settings.problem("tls_ca_file", String.valueOf(e.getMessage()));
            }
        });
        return file;
    }

    private static Optional<Proxy> proxy(String text, List<String> exceptions) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String url = text.contains("://") ? text : "http://" + text;
        int scheme = url.indexOf("://") + 3;
        int at = url.lastIndexOf('@');
        Endpoint server;
        try {
            server = Endpoint.parse(url.substring(0, scheme) + url.substring(Math.max(scheme, at + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PROXY_EXAMPLE, e);
        }
        if (!server.scheme().equals("http") || !server.path().isEmpty()) {
            throw new IllegalArgumentException(PROXY_EXAMPLE);
        }
        String access = at < scheme ? "" : url.substring(scheme, at);
        int colon = access.indexOf(':');
        Optional<String> user = Optional.of(decoded(colon < 0 ? access : access.substring(0, colon)))
                .filter(name -> !name.isEmpty());
        Optional<Secret> password =
                colon < 0 ? Optional.empty() : Optional.of(new Secret(decoded(access.substring(colon + 1))));
        int port = server.port() < 0 ? DEFAULT_PROXY_PORT : server.port();
        return Optional.of(new Proxy(server.host(), port, user, password, exceptions));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
