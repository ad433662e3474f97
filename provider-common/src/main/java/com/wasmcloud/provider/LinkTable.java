package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which actor is linked, and the session that serves it; a link is known by its actor alone.
 *
 * <p>Calls look sessions up from any thread. Changes are made on one thread, the links' own, so that a session is opened
 * outside any lock and in the order in which links arrive.
 */
final class LinkTable<S extends AutoCloseable> {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTable.class);

    private final Function<LinkDefinition, Link> linkOf;
    private final LinkHandler<S> handler;
    private final int mostCallsEach;
    private final Executor linksThread;
    private final Map<String, Session<S>> sessions = new ConcurrentHashMap<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private boolean closed;

    /** A link that could not be opened, and why. */
    private record Refusal(LinkDefinition definition, String reason) {}

    LinkTable(Function<LinkDefinition, Link> linkOf, LinkHandler<S> handler, int mostCallsEach, Executor linksThread) {
        this.linkOf = linkOf;
        this.handler = handler;
        this.mostCallsEach = mostCallsEach;
        this.linksThread = linksThread;
    }

    /**
     * The session of an actor.
     *
     * @throws RpcException with code NOT_LINKED
     */
    Session<S> session(String actorId) {
        Session<S> session = sessions.get(actorId);
        if (session == null) {
            Refusal refusal = refusals.get(actorId);
            throw RpcException.of(
                    Code.NOT_LINKED,
                    "unlinked actor: '" + actorId + "'" + (refusal == null ? "" : ": " + refusal.reason));
        }
        return session;
    }

    /** Opens a link, or replaces it when its values have changed; repeating one changes nothing. Links thread only. */
    void put(LinkDefinition definition) {
        String actor = definition.actorId();
        if (actor.isEmpty()) {
            LOG.warn("ignoring a link without an actor: {}", definition);
            return;
        }
        if (closed) {
            return;
        }
        Session<S> before = sessions.get(actor);
        if (before != null && before.definition().equals(definition)) {
            return;
        }
        try {
            Link link = linkOf.apply(definition);
            Session<S> opened = new Session<>(link, handler.open(link), mostCallsEach, linksThread);
            sessions.put(actor, opened);
            refusals.remove(actor);
            LOG.info("{} actor {}", before == null ? "linked" : "relinked", actor);
        } catch (SettingsException e) {
            refuse(definition, String.join("; ", e.problems()), null);
        } catch (RuntimeException e) {
            refuse(definition, "the link could not be opened; the provider's log has the cause", e);
        }
        if (before != null) {
            before.retire();
        }
    }

    private void refuse(LinkDefinition definition, String reason, @Nullable Exception cause) {
        Refusal before = refusals.put(definition.actorId(), new Refusal(definition, reason));
        sessions.remove(definition.actorId());
        if (before == null || !before.reason.equals(reason)) { // hosts repeat links, the log does not
            LOG.error("refused the link of actor {}: {}", definition.actorId(), reason, cause);
        }
    }

    /** Takes a link away; one that is not there is fine. Links thread only. */
    void delete(String actorId) {
        Session<S> session = sessions.remove(actorId);
        if (session != null) {
            LOG.info("unlinked actor {}", actorId);
            session.retire();
        }
        refusals.remove(actorId);
    }

    /** The actors with a link, refused ones too. */
    Set<String> actors() {
        Set<String> actors = ConcurrentHashMap.newKeySet();
        actors.addAll(sessions.keySet());
        actors.addAll(refusals.keySet());
        return actors;
    }

    /** How many links were refused and still are. */
    int refused() {
        return refusals.size();
    }

    /** For each actor with an open link 1 when its backend works, else 0. */
    Map<String, Long> up() {
        Map<String, Long> up = new HashMap<>();
        sessions.forEach((actor, session) -> up.put(actor, session.health().healthy() ? 1L : 0L));
        return up;
    }

    /** Healthy when every link is; else one sentence a link that is not. */
    Health health() {
        Map<String, String> reasons = new TreeMap<>();
        sessions.forEach((actor, session) -> {
            Health health = session.health();
            if (!health.healthy()) {
                reasons.put(actor, health.reason());
            }
        });
        refusals.forEach((actor, refusal) -> reasons.put(actor, refusal.reason));
        if (reasons.isEmpty()) {
            return Health.HEALTHY;
        }
        List<String> sentences = new ArrayList<>();
        reasons.forEach((actor, reason) -> sentences.add("link of actor " + actor + ": " + reason));
        return Health.unhealthy(String.join("; ", sentences));
    }

    /** Has every session finish what it has begun by itself; completes when all have. */
    CompletableFuture<Void> drain(Duration patience) {
        return CompletableFuture.allOf(sessions.values().stream()
                .map(session -> session.drain(patience))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Closes every session at once, and opens none any more. Links thread only. */
    void closeAll() {
        closed = true;
        sessions.values().forEach(Session::abandon);
        sessions.clear();
        refusals.clear();
    }
}
