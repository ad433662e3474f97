package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.Health;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How far a link's connection to Redis has come. */
sealed interface ConnectionState {
    /** What is wrong with a server that has become a replica. */
    String REPLICA = "is a replica, which refuses writes (READONLY)";

    /**
     * The health of the link.
     *
     * @param redis what messages call the server
     */
    Health health(String redis);

    /**
     * The first attempt, which requests wait for.
     *
     * @param afterReplica whether it is made because the server has become a replica
     */
    record Opening(CompletableFuture<Established> outcome, boolean afterReplica) implements ConnectionState {
        Opening(boolean afterReplica) {
            this(new CompletableFuture<>(), afterReplica);
        }

        @Override
        public Health health(String redis) {
            return afterReplica
                    ? Health.unhealthy(redis + " " + REPLICA + "; connecting again")
                    : Health.pending("still connecting to " + redis);
        }
    }

    /**
     * Connected.
     *
     * @param since when it was made, on the clock of {@link System#nanoTime}
     * @param trouble what is wrong with the server; may be empty
     */
    record Open(Established redis, long since, String trouble) implements ConnectionState {
        static Open to(Established redis, boolean replica) {
            return new Open(redis, System.nanoTime(), replica ? REPLICA : "");
        }

        Open with(String now) {
            return new Open(redis, since, now);
        }

        boolean isReplica() {
            return trouble.equals(REPLICA);
        }

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - since >= age.toNanos();
        }

        @Override
        public Health health(String redis) {
            return trouble.isEmpty() ? Health.HEALTHY : Health.unhealthy(redis + " " + trouble);
        }
    }

    /** Redis could not be reached, and is being tried again. */
    record Down(String why) implements ConnectionState {
        @Override
        public Health health(String redis) {
            return Health.unhealthy("cannot reach " + redis + ": " + why + "; trying again");
        }
    }

    /** The link is closed. */
    record Closed() implements ConnectionState {
        @Override
        public Health health(String redis) {
            return Health.unhealthy("the link is closed");
        }
    }
}
