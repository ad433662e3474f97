package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the links equal to the lattice's. Hosts publish a link once: what is put or deleted while this process starts, or
 * while its connection is unavailable, is never repeated. So after every (re)connect this asks for all links and makes up for what
 * was missed; a link is only dropped when a second answer, some seconds later, does not have it either. A put or delete
 * that arrives while an answer is on its way is newer than the answer and wins.
 *
 * <p>All state is touched on the links' thread only. An answer that is late, malformed or refused changes nothing, and is
 * asked for again.
 */
final class LinkSync {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSync.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final List<String> NAMES = List.of("actor_id", "provider_id", "link_name", "contract_id");

    private final NatsConnection connection;
    private final String subject;
    private final ActorLinks links;
    private final Duration confirmation;
    private final Alone alone;
    /** The questions on their way; each is itself, however much it is like another. */
    private final Set<Question> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private int generation;

    /**
     * What is different for a process that no host has started.
     *
     * @param own actors whose links are its own, and stay although no host knows them
     * @param data where the links of the lattice are when no host answers; empty when that is not wanted
     */
    record Alone(Set<String> own, Optional<LatticeData> data) {
        static final Alone NOT = new Alone(Set.of(), Optional.empty());
    }

    /** A question on its way. */
    private static final class Question {
        private final int generation;
        private final int attempt;
        /** Actors with a link here that the answer before did not have. */
        private final Set<String> suspects;
        /** Actors whose links have changed since it was asked. */
        private final Set<String> changed = new HashSet<>();

        private Question(int generation, int attempt, Set<String> suspects) {
            this.generation = generation;
            this.attempt = attempt;
            this.suspects = suspects;
        }
    }

    /**
     * @param subject of the question that any host answers with all links of the lattice
     * @param confirmation how long after a first answer the second one is asked for
     */
    LinkSync(NatsConnection connection, String subject, ActorLinks links, Duration confirmation, Alone alone) {
        this.connection = connection;
        this.subject = subject;
        this.links = links;
        this.confirmation = confirmation;
        this.alone = alone;
    }

    /** Notes that a message has changed an actor's link. Links' thread only. */
    void changed(String actorId) {
        open.forEach(question -> question.changed.add(actorId));
    }

    /** Begins anew: asks, and goes on asking, less and less often, until somebody answers. Any thread. */
    void start() {
        links.thread().execute(() -> ask(new Question(++generation, 1, Set.of())));
    }

    private void ask(Question question) {
        if (question.generation != generation) {
            return; // a later reconnect has begun anew
        }
        open.add(question);
        CompletionStage<List<LinkDefinition>> all = CompletableFuture.<Void>completedFuture(null)
                .thenCompose(begun -> connection.request(subject, Map.of(), new byte[0], PATIENCE))
                .thenApply(answer -> all(answer.payload())); // whatever is thrown, it is asked again
        alone.data()
                .map(data -> all.handle((links, failure) ->
                                failure == null ? CompletableFuture.completedStage(links) : data.links())
                        .thenCompose(Function.identity()))
                .orElse(all)
                .whenComplete((told, failure) -> links.thread().execute(() -> answered(question, told, failure)));
    }

    private void answered(Question question, @Nullable List<LinkDefinition> told, @Nullable Throwable failure) {
        open.remove(question);
        if (question.generation != generation) {
            return;
        }
        if (told != null) {
            Map<String, LinkDefinition> ours = new HashMap<>();
            told.stream().filter(links::isOurs).forEach(link -> ours.put(link.actorId(), link));
            reconcile(ours, question);
        } else {
            LOG.debug(
                    "nobody has told this lattice's links: {}",
                    failure == null ? "" : Causes.unwrap(failure).getMessage());
            Question next = new Question(generation, question.attempt + 1, question.suspects);
            links.thread().after(pause(question.attempt), () -> ask(next));
        }
    }

    private static Duration pause(int attempt) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempt - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /**
     * The links in an answer.
     *
     * @throws IllegalArgumentException when it is anything but a list of links
     */
    private static List<LinkDefinition> all(Bytes answer) {
        Map<String, @Nullable Object> object = Json.object(answer);
        if (!(object.get("links") instanceof List<?>)) {
            throw new IllegalArgumentException("a host's answer has no list of links");
        }
        List<LinkDefinition> all = new ArrayList<>();
        for (Map<String, @Nullable Object> link : Json.objects(object, "links")) {
            for (String name : NAMES) {
                if (Json.text(link, name).isEmpty()) {
                    throw new IllegalArgumentException("in a host's answer a link has no '" + name + "'");
                }
            }
            all.add(LinkDefinition.of(link));
        }
        return all;
    }

    private void reconcile(Map<String, LinkDefinition> ours, Question question) {
        ours.forEach((actor, link) -> {
            if (!question.changed.contains(actor)) {
                links.put(link);
            }
        });
        Set<String> missing = new HashSet<>(links.actors());
        missing.removeAll(ours.keySet());
        missing.removeAll(question.changed);
        missing.removeAll(alone.own());
        for (String actor : Set.copyOf(missing)) {
            if (question.suspects.contains(actor)) {
                links.delete(actor);
                missing.remove(actor);
            }
        }
        if (!missing.isEmpty()) {
            Question next = new Question(generation, 1, missing);
            links.thread().after(confirmation, () -> ask(next));
        }
    }
}
