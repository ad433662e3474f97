package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a URL says. An immutable value that prints no secret.
 *
 * @param insecure whether the URL ends in {@code #insecure}: TLS that accepts any certificate
 */
record RedisUrl(RedisAddress address, Credentials credentials, boolean insecure) {
    /** What applies without a URL. */
    static final RedisUrl DEFAULT = new RedisUrl(RedisAddress.DEFAULT, Credentials.NONE, false);

    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final String FORMS =
            "must be a URL that begins with redis://, rediss://, unix://, redis-sentinel:// or redis-cluster://";

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException with what is wrong, as the rest of a sentence and without any part of the URL
     */
    static RedisUrl parse(String url) {
        String text = url.strip();
        int end = text.indexOf("://");
        if (end < 0) {
            throw new IllegalArgumentException(FORMS);
        }
        String rest = text.substring(end + "://".length());
        return switch (text.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "redis", "valkey" -> new Parts(rest, PORT).server(false);
            case "rediss", "valkeys" -> new Parts(rest, PORT).server(true);
            case "unix", "redis+unix", "valkey+unix" -> new Parts(rest, PORT).socket();
            case "redis-sentinel" -> new Parts(rest, SENTINEL_PORT).sentinels(false);
            case "rediss-sentinel" -> new Parts(rest, SENTINEL_PORT).sentinels(true);
            case "redis-cluster" -> new Parts(rest, PORT).cluster(false);
            case "rediss-cluster" -> new Parts(rest, PORT).cluster(true);
            default -> throw new IllegalArgumentException(FORMS);
        };
    }

    /** A URL after its scheme, split where all forms are alike. */
    private static final class Parts {
        private final String authority;
        private final String path;
        private final Map<String, String> query = new HashMap<>();
        private final String fragment;
        private final int defaultPort;

        Parts(String text, int defaultPort) {
            this.defaultPort = defaultPort;
            int hash = text.indexOf('#');
            fragment = hash < 0 ? "" : decoded(text.substring(hash + 1));
            String rest = hash < 0 ? text : text.substring(0, hash);
            int question = rest.indexOf('?');
            if (question >= 0) {
                for (String pair : rest.substring(question + 1).split("&", -1)) {
                    int equals = pair.indexOf('=');
                    if (equals > 0) {
                        query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                    }
                }
                rest = rest.substring(0, question);
            }
            int slash = rest.indexOf('/');
            authority = slash < 0 ? rest : rest.substring(0, slash);
            path = slash < 0 ? "" : rest.substring(slash);
        }

        RedisUrl server(boolean tls) {
            List<Node> nodes = nodes();
            if (nodes.size() != 1) {
                throw new IllegalArgumentException(
                        "names several servers; use redis-sentinel:// or redis-cluster:// for that");
            }
            return url(new RedisAddress.Server(nodes.get(0), tls, database()));
        }

        RedisUrl socket() {
            if (!authority.isEmpty() || path.length() < 2) {
                throw new IllegalArgumentException(
                        "must name a socket by its absolute path, as in unix:///run/redis.sock");
            }
            return new RedisUrl(
                    new RedisAddress.Socket(decoded(path), number(query.getOrDefault("db", "0"))),
                    credentials(query.getOrDefault("user", ""), query.getOrDefault("pass", "")),
                    false);
        }

        RedisUrl sentinels(boolean tls) {
            String primary = query.getOrDefault("sentinelMasterId", query.getOrDefault("master", fragment));
            if (primary.isEmpty()) {
                throw new IllegalArgumentException(
                        "must end in # and the name that the sentinels know the primary by, as in"
                                + " redis-sentinel://host:26379#mymaster");
            }
            return new RedisUrl(new RedisAddress.Sentinels(nodes(), primary, tls, database()), credentials(), false);
        }

        RedisUrl cluster(boolean tls) {
            if (database() != 0) {
                throw new IllegalArgumentException("names a database, but a cluster has database 0 only");
            }
            return url(new RedisAddress.Cluster(nodes(), tls));
        }

        private RedisUrl url(RedisAddress address) {
            return new RedisUrl(address, credentials(), fragment.equals("insecure"));
        }

        private int database() {
            String inPath = path.length() > 1 ? path.substring(1) : "0";
            return number(query.getOrDefault("db", inPath));
        }

        private static int number(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException("must name the database by a number from 0 on");
        }

        private Credentials credentials() {
            int at = authority.lastIndexOf('@');
            if (at < 0) {
                return Credentials.NONE;
            }
            String user = authority.substring(0, at);
            int colon = user.indexOf(':');
            return colon < 0
                    ? credentials(decoded(user), "")
                    : credentials(decoded(user.substring(0, colon)), decoded(user.substring(colon + 1)));
        }

        private static Credentials credentials(String username, String password) {
            return new Credentials(
                    Optional.of(username).filter(text -> !text.isEmpty()),
                    Optional.of(password).filter(text -> !text.isEmpty()).map(Secret::new));
        }

        private List<Node> nodes() {
            List<Node> nodes = new ArrayList<>();
            for (String node :
                    authority.substring(authority.lastIndexOf('@') + 1).split(",", -1)) {
                nodes.add(node(node.strip()));
            }
            return nodes;
        }

        private Node node(String text) {
            int colon = text.lastIndexOf(':');
            boolean bare = colon < 0 || text.endsWith("]"); // the colons of an IPv6 address are inside brackets
            String host = bare ? text : text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            } else if (host.indexOf(':') >= 0) {
                throw new IllegalArgumentException("must put an IPv6 address into brackets");
            }
            if (host.isEmpty()) {
                throw new IllegalArgumentException("names no host");
            }
            return new Node(decoded(host), bare ? defaultPort : port(text.substring(colon + 1)));
        }

        private int port(String text) {
            if (text.isEmpty()) {
                return defaultPort;
            }
            try {
                int port = Integer.parseInt(text);
                if (port >= 1 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException("must have a port from 1 to 65535 after the last colon of a host");
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) { // whose message quotes what may be a password
                throw new IllegalArgumentException("has a % that is not followed by two hexadecimal digits");
            }
        }
    }
}
