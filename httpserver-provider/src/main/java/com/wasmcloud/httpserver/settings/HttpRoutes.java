package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The requests to an address that are routed to a link.
 *
 * @param hosts in lower case, {@code *.example.com} for all below it; {@link #ANY_HOST} alone for every host
 * @param path a prefix of whole segments, without a trailing slash; empty for every path
 */
public record HttpRoutes(Set<String> hosts, String path) {
    public static final String ANY_HOST = "";

    private static final Pattern HOST = Pattern.compile(
            "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\\[[0-9a-f:.]+]");
    private static final Pattern PATH = Pattern.compile("(/[^/?#\\s\\p{Cntrl}]+)*/?");

    /** One host and path prefix. */
    public record Route(String host, String path) {
        /** As a person would write it. */
        @Override
        public String toString() {
            return (host.isEmpty() ? "any host" : host) + (path.isEmpty() ? "/" : path);
        }
    }

    static HttpRoutes from(Settings settings) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String host : settings.list("hostname")) {
            String lowerCase = host.toLowerCase(Locale.ROOT);
            if (!HOST.matcher(lowerCase).matches()) {
                settings.problem(
                        "hostname",
                        "must be a host name without port, such as example.com or *.example.com, not '" + host + "'");
            }
            hosts.add(lowerCase);
        }
        return new HttpRoutes(
                hosts.isEmpty() ? Set.of(ANY_HOST) : Set.copyOf(hosts), settings.parsed("path", "", HttpRoutes::path));
    }

    private static String path(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException("must be the beginning of a path, such as /api or /shop/cart");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** One for each host. */
    public List<Route> routes() {
        return hosts.stream().map(host -> new Route(host, path)).toList();
    }
}
