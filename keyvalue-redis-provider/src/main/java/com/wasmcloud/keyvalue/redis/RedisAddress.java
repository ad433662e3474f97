package com.wasmcloud.keyvalue.redis;

import java.util.List;
import java.util.stream.Collectors;

/** Where Redis is and how to reach it. An immutable value; its text form is what messages call it. */
sealed interface RedisAddress {
    /** The address that is used when none is given. */
    RedisAddress DEFAULT = new Server(new Node("127.0.0.1", 6379), false, 0);

    /** Whether connections are encrypted. */
    boolean tls();

    /** The number of the database. */
    int database();

    /** One server, by TCP. */
    record Server(Node node, boolean tls, int database) implements RedisAddress {
        @Override
        public String toString() {
            return node.toString();
        }
    }

    /** One server, by its unix socket. */
    record Socket(String path, int database) implements RedisAddress {
        @Override
        public boolean tls() {
            return false;
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * The primary that sentinels name.
     *
     * @param primary what the sentinels call it
     */
    record Sentinels(List<Node> nodes, String primary, boolean tls, int database) implements RedisAddress {
        public Sentinels {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String toString() {
            return "primary " + primary + " of sentinels " + joined(nodes);
        }
    }

    /**
     * A cluster, which has one database only.
     *
     * @param nodes some of its nodes, to find the others through
     */
    record Cluster(List<Node> nodes, boolean tls) implements RedisAddress {
        public Cluster {
            nodes = List.copyOf(nodes);
        }

        @Override
        public int database() {
            return 0;
        }

        @Override
        public String toString() {
            return "cluster " + joined(nodes);
        }
    }

    private static String joined(List<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    }
}
