package com.wasmcloud.blobstore.s3.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a client connects. An immutable value that prints no secret.
 *
 * @param trust decides whose certificates are accepted; the JVM's default trust store when empty
 * @param connectTimeout for the connection, and once more for the TLS handshake
 * @param readTimeout for the server to send more of a body that is being read
 * @param acquireTimeout for a request to wait until one of the connections is free
 * @param maxConnections to one server
 */
public record HttpClientOptions(
        Optional<TrustManager> trust,
        Optional<Proxy> proxy,
        Duration connectTimeout,
        Duration readTimeout,
        Duration acquireTimeout,
        int maxConnections) {

    /**
     * An HTTP proxy, through which a tunnel is made for each connection.
     *
     * @param authorization value of {@code Proxy-Authorization}, which is a secret
     * @param exceptions hosts that are reached directly; {@code .example.com} and {@code *.example.com} are all hosts
     *     under that name, {@code *} is every host
     */
    public record Proxy(String host, int port, Optional<String> authorization, List<String> exceptions) {
        boolean isFor(String host) {
            String name = host.toLowerCase(Locale.ROOT);
            return exceptions.stream().noneMatch(exception -> matches(exception.toLowerCase(Locale.ROOT), name));
        }

        private static boolean matches(String exception, String host) {
            if (exception.equals("*")) {
                return true;
            }
            boolean all = exception.startsWith("*.") || exception.startsWith(".");
            return all ? host.endsWith(exception.substring(exception.indexOf('.'))) : host.equals(exception);
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    @Nullable
    Proxy proxyFor(String host) {
        return proxy.filter(found -> found.isFor(host)).orElse(null);
    }
}
