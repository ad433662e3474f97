package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.LatticeConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.LinkDefinition;
import com.wasmcloud.wasmbus.Subjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the link table equal to the lattice's. Hosts publish a link once: what is put or deleted while this process
 * starts, or while its connection is away, is never repeated. So after every (re)connect this asks for all links and makes
 * up for what was missed; a link is only dropped when a second answer, some seconds later, does not have it either. A put
 * or delete that arrives while an answer is on its way is newer than the answer and wins.
 *
 * <p>All state is touched on the links thread only. An answer that is late, malformed or refused changes nothing.
 */
final class LinkSync {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSync.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final HostData host;
    private final Set<String> contractIds;
    private final LatticeConnection connection;
    private final LinkTable<?> links;
    private final Executor linksThread;
    private final Duration confirmation;
    /** For each question on its way, the actors whose links have changed since it was asked. */
    private final List<Set<String>> changedSince = new ArrayList<>();

    private int generation;

    /**
     * @param confirmation how long after a first answer the second one is asked for
     */
    LinkSync(
            HostData host,
            Set<String> contractIds,
            LatticeConnection connection,
            LinkTable<?> links,
            Executor linksThread,
            Duration confirmation) {
        this.host = host;
        this.contractIds = contractIds;
        this.connection = connection;
        this.links = links;
        this.linksThread = linksThread;
        this.confirmation = confirmation;
    }

    /** Notes that a message has changed an actor's link. Links thread only. */
    void changed(String actorId) {
        changedSince.forEach(changes -> changes.add(actorId));
    }

    /** Begins anew: asks, and goes on asking, less and less often, until somebody answers. Any thread. */
    void start() {
        linksThread.execute(() -> ask(++generation, 1, Set.of()));
    }

    /** @param suspects actors with a link here that the answer before did not have */
    private void ask(int asker, int attempt, Set<String> suspects) {
        if (asker != generation) {
            return; // a later reconnect has begun anew
        }
        Set<String> changes = new HashSet<>();
        changedSince.add(changes);
        String subject = new Subjects(host.lattice()).allLinks();
        connection.request(subject, Map.of(), new byte[0], PATIENCE).whenComplete((answer, failure) -> {
            try {
                linksThread.execute(() -> {
                    changedSince.remove(changes);
                    if (failure == null) {
                        reconcile(answer.payload(), changes, asker, suspects);
                    } else {
                        LOG.debug("no host has told this lattice's links: {}", failure.getMessage());
                        later(pause(attempt), () -> ask(asker, attempt + 1, suspects));
                    }
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the provider has stopped");
            }
        });
    }

    private static Duration pause(int attempt) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempt - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void reconcile(Bytes answer, Set<String> changes, int asker, Set<String> suspects) {
        Map<String, LinkDefinition> ours = new HashMap<>();
        try {
            Json.objects(Json.object(answer), "links").stream()
                    .map(LinkDefinition::of)
                    .filter(this::isOurs)
                    .forEach(link -> ours.put(link.actorId(), link));
        } catch (IllegalArgumentException e) {
            LOG.debug("a host's answer about links is unusable: {}", e.getMessage());
            return;
        }
        ours.forEach((actor, link) -> {
            if (!changes.contains(actor)) {
                links.put(link);
            }
        });
        Set<String> missing = new HashSet<>(links.actors());
        missing.removeAll(ours.keySet());
        missing.removeAll(changes);
        for (String actor : Set.copyOf(missing)) {
            if (suspects.contains(actor)) {
                links.delete(actor);
                missing.remove(actor);
            }
        }
        if (!missing.isEmpty()) {
            later(confirmation, () -> ask(asker, 1, missing));
        }
    }

    private void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, linksThread)
                .execute(task);
    }

    private boolean isOurs(LinkDefinition link) {
        return link.providerId().equals(host.providerKey())
                && link.linkName().equals(host.linkName())
                && contractIds.contains(link.contractId());
    }
}
