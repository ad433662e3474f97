package com.wasmcloud.provider.support;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Looks host names up as Java does, each on a thread of its own: a name server that does not answer delays only those who
 * want names from it, and event loops never wait. Whoever asks for a name that is being looked up gets that answer.
 *
 * <p>Thread-safe.
 */
public final class HostNames {
    private final Lookup lookup;
    private final Executor blocking;
    private final Map<String, CompletableFuture<List<InetAddress>>> pending = new ConcurrentHashMap<>();

    /** Finds the addresses of a host, one at least, and may block. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * @param blocking runs each task on a thread that may be blocked
     */
    public HostNames(Lookup lookup, Executor blocking) {
        this.lookup = lookup;
        this.blocking = blocking;
    }

    /**
     * The addresses of a host, one at least.
     *
     * @return fails with what the lookup threw
     */
    public CompletionStage<List<InetAddress>> addresses(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = pending.putIfAbsent(host, mine);
        if (other != null) {
            return other;
        }
        try {
            blocking.execute(() -> find(host, mine));
        } catch (Throwable e) { // such as no thread to be had
            pending.remove(host, mine);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void find(String host, CompletableFuture<List<InetAddress>> found) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(lookup.addresses(host));
        } catch (Throwable e) { // whatever it is, others must be able to ask again
            pending.remove(host, found);
            found.completeExceptionally(e);
            return;
        }
        pending.remove(host, found);
        found.complete(addresses);
    }
}
