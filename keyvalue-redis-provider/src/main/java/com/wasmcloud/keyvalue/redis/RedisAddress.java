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
import java.util.stream.Collectors;

/**
 * Where Redis is and how it is spoken to, as a URL says it. An immutable value whose text form holds no credentials.
 *
 * @param tls whether connections are encrypted
 * @param insecure whether the URL ends in {@code #insecure}, which asks for TLS without a look at certificates
 * @param nodes a server, the sentinels, or some nodes of a cluster; none for a socket
 * @param name the socket's path, or what the sentinels call the primary; otherwise empty
 * @param database number of the database
 */
record RedisAddress(
        Kind kind,
        boolean tls,
        boolean insecure,
        List<Node> nodes,
        String name,
        int database,
        Credentials credentials) {
    /** The address that is used when none is given. */
    static final RedisAddress DEFAULT = parse("redis://127.0.0.1:6379/");

    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final String FORMS =
            "must be a URL that begins with redis://, rediss://, unix://, redis-sentinel:// or redis-cluster://";

    enum Kind {
        SERVER,
        SOCKET,
        SENTINEL,
        CLUSTER
    }

    /** One server. */
    record Node(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** What a user proves itself with; without a password nothing is sent. */
    record Credentials(Optional<String> username, Optional<Secret> password) {
        static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

        boolean isNone() {
            return username.isEmpty() && password.isEmpty();
        }
    }

    RedisAddress {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with what is wrong, as the rest of a sentence and without any part of the URL
     */
    static RedisAddress parse(String url) {
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
            case "redis-sentinel" -> new Parts(rest, SENTINEL_PORT).sentinel(false);
            case "rediss-sentinel" -> new Parts(rest, SENTINEL_PORT).sentinel(true);
            case "redis-cluster" -> new Parts(rest, PORT).cluster(false);
            case "rediss-cluster" -> new Parts(rest, PORT).cluster(true);
            default -> throw new IllegalArgumentException(FORMS);
        };
    }

    /** What messages call it. */
    @Override
    public String toString() {
        String all = nodes.stream().map(Node::toString).collect(Collectors.joining(","));
        return switch (kind) {
            case SERVER -> all;
            case SOCKET -> name;
            case SENTINEL -> "primary " + name + " of sentinels " + all;
            case CLUSTER -> "cluster " + all;
        };
    }

    /** A URL after its scheme, cut at the places that all forms have in common. */
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

        RedisAddress server(boolean tls) {
            List<Node> nodes = nodes();
            if (nodes.size() != 1) {
                throw new IllegalArgumentException(
                        "names several servers; use redis-sentinel:// or redis-cluster:// for that");
            }
            return new RedisAddress(Kind.SERVER, tls, insecure(), nodes, "", database(), credentials());
        }

        RedisAddress socket() {
            if (!authority.isEmpty() || path.length() < 2) {
                throw new IllegalArgumentException(
                        "must name a socket by its absolute path, as in unix:///run/redis.sock");
            }
            return new RedisAddress(
                    Kind.SOCKET,
                    false,
                    false,
                    List.of(),
                    decoded(path),
                    number(query.getOrDefault("db", "0")),
                    credentials(query.getOrDefault("user", ""), query.getOrDefault("pass", "")));
        }

        RedisAddress sentinel(boolean tls) {
            String primary = query.getOrDefault("sentinelMasterId", query.getOrDefault("master", fragment));
            if (primary.isEmpty()) {
                throw new IllegalArgumentException(
                        "must end in # and the name that the sentinels know the primary by, as in redis-sentinel://host:26379#mymaster");
            }
            return new RedisAddress(Kind.SENTINEL, tls, false, nodes(), primary, database(), credentials());
        }

        RedisAddress cluster(boolean tls) {
            if (database() != 0) {
                throw new IllegalArgumentException("names a database, but a cluster has database 0 only");
            }
            return new RedisAddress(Kind.CLUSTER, tls, insecure(), nodes(), "", 0, credentials());
        }

        private boolean insecure() {
            return fragment.equals("insecure");
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
