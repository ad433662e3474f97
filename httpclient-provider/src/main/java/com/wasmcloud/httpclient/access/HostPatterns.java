package com.wasmcloud.httpclient.access;

import com.wasmcloud.provider.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of hosts: {@code example.com}, {@code *.example.com} or {@code .example.com} for all names below one, {@code *} for
 * every host, each with {@code :port} if only one port is meant. An immutable value.
 */
public record HostPatterns(List<Pattern> patterns) {
    private static final int EVERY_PORT = -1;

    /**
     * One of them.
     *
     * @param host in canonical form; empty for every host
     * @param below whether it is about the names below the host
     * @param port -1 for every port
     */
    record Pattern(String host, boolean below, int port) {
        boolean matches(Target target) {
            String name = target.host().text();
            return (port == EVERY_PORT || port == target.port())
                    && (below ? name.endsWith("." + host) : host.isEmpty() || name.equals(host));
        }
    }

    /** Reads a list. */
    public static HostPatterns from(Settings settings, String key) {
        List<Pattern> patterns = new ArrayList<>();
        for (String element : settings.list(key)) {
            try {
                patterns.add(pattern(element));
            } catch (IllegalArgumentException e) {
                settings.problem(
                        key,
                        "must be a list of hosts such as example.com, *.example.com, example.com:8443 or [fd00::1], without"
                                + " http:// or a path");
            }
        }
        return new HostPatterns(List.copyOf(patterns));
    }

    private static Pattern pattern(String text) {
        int colon = text.lastIndexOf(':');
        boolean isOnly = colon >= 0 && text.indexOf(':') == colon;
        boolean hasPort = isOnly || text.lastIndexOf("]:") > 0;
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : EVERY_PORT;
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.equals("*")) {
            return new Pattern("", false, port);
        }
        boolean below = host.startsWith("*.") || host.startsWith(".");
        String name = below ? host.substring(host.indexOf('.') + 1) : host;
        boolean bare = name.indexOf(':') >= 0 && !name.startsWith("["); // an IPv6 address
        return new Pattern(Host.parse(bare ? "[" + name + "]" : name).text(), below, port);
    }

    /** Whether there is nothing in the list. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether one of them is about the server. */
    public boolean match(Target target) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(target));
    }
}
