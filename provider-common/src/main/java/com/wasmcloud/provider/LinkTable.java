package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.HeapExhaustion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links there are, each with the session that serves it, or with the reason why it has none.
 *
 * <p>Calls look sessions up from any thread. Changes are made on one thread, the links' own, so that a session is opened
 * outside any lock and in the order in which links arrive. A link whose settings are wrong stays refused; one that could
 * not be opened for any other reason is retried until it opens.
 */
final class LinkTable<S extends AutoCloseable> implements Links {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTable.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final LinkFactory factory;
    private final LinkHandler<S> handler;
    private final int mostCallsEach;
    private final LinksThread thread;
    private final Map<LinkKey, Session<S>> sessions = new ConcurrentHashMap<>();
    private final Map<LinkKey, Refusal> refusals = new ConcurrentHashMap<>();
    private boolean closed;

    /** Makes what a handler gets of a link that was put. */
    @FunctionalInterface
    interface LinkFactory {
        Link link(LinkKey key, String contract, Map<String, String> values, FarSide farSide);
    }

    /** An attempt to open a link that failed, and why; one is not another, though they fail alike. */
    private static final class Refusal {
        private final String reason;

        private Refusal(String reason) {
            this.reason = reason;
        }
    }

    LinkTable(LinkFactory factory, LinkHandler<S> handler, int mostCallsEach, LinksThread thread) {
        this.factory = factory;
        this.handler = handler;
        this.mostCallsEach = mostCallsEach;
        this.thread = thread;
    }

    @Nullable
    Session<S> find(LinkKey key) {
        return sessions.get(key);
    }

    /**
     * The session of a link.
     *
     * @throws RpcException with code NOT_LINKED
     */
    Session<S> session(LinkKey key) {
        Session<S> session = sessions.get(key);
        if (session == null) {
            Refusal refusal = refusals.get(key);
            throw RpcException.of(
                    Code.NOT_LINKED,
                    "unlinked actor: '" + key.peer() + "'" + (refusal == null ? "" : ": " + refusal.reason));
        }
        return session;
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        thread.after(delay, task);
    }

    @Override
    public void put(LinkKey key, String contract, Map<String, String> values, FarSide farSide) {
        if (key.peer().isEmpty()) {
            LOG.warn("ignoring a link without an actor: {}", key);
            return;
        }
        Session<S> before = sessions.get(key);
        if (before == null || !before.link().is(contract, values)) {
            open(key, contract, values, farSide, 1);
        }
    }

    private void open(LinkKey key, String contract, Map<String, String> values, FarSide farSide, int attempt) {
        if (closed) {
            return;
        }
        Session<S> before = sessions.get(key);
        Link link = factory.link(key, contract, values, farSide);
        try {
            sessions.put(key, new Session<>(link, handler.open(link), mostCallsEach, thread));
            refusals.remove(key);
            LOG.info("{} actor {}", before == null ? "linked" : "relinked", key.peer());
        } catch (SettingsException e) {
            link.release();
            refuse(key, new Refusal(String.join("; ", e.problems())), null);
        } catch (Throwable e) { // no thread to be had, or a fault of the handler's
            HeapExhaustion.check(e);
            link.release();
            Refusal refusal = new Refusal("the link could not be opened; the provider's log has the cause");
            refuse(key, refusal, e);
            thread.after(pause(attempt), () -> {
                if (refusals.get(key) == refusal) {
                    open(key, contract, values, farSide, attempt + 1);
                }
            });
        }
        if (before != null) {
            before.retire();
        }
    }

    private static Duration pause(int attempt) {
        Duration doubled = Duration.ofMillis(500L << Math.min(attempt - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void refuse(LinkKey key, Refusal refusal, @Nullable Throwable cause) {
        Refusal before = refusals.put(key, refusal);
        sessions.remove(key);
        if (before == null || !before.reason.equals(refusal.reason)) { // hosts repeat links, the log does not
            LOG.error("refused the link of actor {}: {}", key.peer(), refusal.reason, cause);
        }
    }

    @Override
    public void delete(LinkKey key) {
        Session<S> session = sessions.remove(key);
        if (session != null) {
            LOG.info("unlinked actor {}", key.peer());
            session.retire();
        }
        refusals.remove(key);
    }

    @Override
    public Set<LinkKey> keys() {
        Set<LinkKey> keys = ConcurrentHashMap.newKeySet();
        keys.addAll(sessions.keySet());
        keys.addAll(refusals.keySet());
        return keys;
    }

    @Override
    public boolean settled() {
        return sessions.values().stream().noneMatch(session -> session.health().isPending());
    }

    /** How many links were refused and still are. */
    int refused() {
        return refusals.size();
    }

    /** For each peer with an open link 1 when its backend works, else 0. */
    Map<String, Long> up() {
        Map<String, Long> up = new HashMap<>();
        sessions.forEach((key, session) -> up.put(key.peer(), session.health().healthy() ? 1L : 0L));
        return up;
    }

    /** Healthy when every link is; else one sentence a link that is not. */
    Health health() {
        Map<String, String> reasons = new TreeMap<>();
        sessions.forEach((key, session) -> {
            Health health = session.health();
            if (!health.healthy()) {
                reasons.put(key.peer(), health.reason());
            }
        });
        refusals.forEach((key, refusal) -> reasons.put(key.peer(), refusal.reason));
        if (reasons.isEmpty()) {
            return Health.HEALTHY;
        }
        List<String> sentences = new ArrayList<>();
        reasons.forEach((peer, reason) -> sentences.add("link of actor " + peer + ": " + reason));
        return Health.unhealthy(String.join("; ", sentences));
    }

    /** Has every session finish the calls that it has begun; completes when all have. */
    CompletableFuture<Void> drain(Duration patience) {
        return CompletableFuture.allOf(sessions.values().stream()
                .map(session -> session.drain(patience))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Closes every session at once, and opens none any more. Links' thread only. */
    void closeAll() {
        closed = true;
        sessions.values().forEach(Session::abandon);
        sessions.clear();
        refusals.clear();
    }
}
