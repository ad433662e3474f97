package com.wasmcloud.testkit.servers;

import com.wasmcloud.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A real Redis cluster: several masters on ports of their own, among which the keys are divided.
 *
 * <p>Thread-safe. Owns its nodes; whoever starts it closes it.
 */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Starts a cluster and returns when it serves every key.
     *
     * @param masters how many; at least 1
     * @throws IllegalStateException when there is no server to be had or one does not come up
     */
    public static RedisCluster start(int masters) {
        return start(masters, RedisServer.setup());
    }

    /** The same, with every node set up in some way. */
    public static RedisCluster start(int masters, RedisSetup setup) {
        RedisCluster cluster = new RedisCluster();
        try {
            RedisSetup node = setup.line("cluster-enabled yes").line("cluster-node-timeout 2000");
            for (int master = 0; master < masters; master++) {
                cluster.nodes.add(node.start());
            }
            cluster.divide();
            cluster.meet();
            Await.until("the cluster serves every key", cluster::serves);
            return cluster;
        } catch (RuntimeException | AssertionError failure) {
            cluster.close();
            throw failure;
        }
    }

    /** Its nodes, for tests that kill one. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** Where each node is, {@code 127.0.0.1:…}, with commas between. */
    public String addresses() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    private void divide() {
        for (int node = 0; node < nodes.size(); node++) {
            int first = SLOTS * node / nodes.size();
            int last = SLOTS * (node + 1) / nodes.size() - 1;
            List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = first; slot <= last; slot++) {
                command.add(Integer.toString(slot));
            }
            nodes.get(node).command(command.toArray(String[]::new));
        }
    }

    private void meet() {
        for (RedisServer node : nodes) {
            nodes.get(0).command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port()));
        }
    }

    private boolean serves() {
        return nodes.stream().allMatch(node -> {
            String info = String.join("", node.command("CLUSTER", "INFO"));
            return info.contains("cluster_state:ok")
                    && info.contains("cluster_slots_assigned:" + SLOTS)
                    && info.contains("cluster_known_nodes:" + nodes.size());
        });
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
