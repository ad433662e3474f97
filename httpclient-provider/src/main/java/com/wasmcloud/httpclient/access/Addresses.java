package com.wasmcloud.httpclient.access;

import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Gate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the addresses that a link may connect to for a server: looked up once for a request, checked, and given as addresses,
 * so that nobody looks the name up again and gets another answer.
 *
 * <p>Thread-safe; looks up on threads that may block.
 */
public final class Addresses {
    /** Name servers may hang; so many lookups of one link may hang with them. */
    private static final int MOST_LOOKUPS = 64;

    private final AccessRules rules;
    private final Lookup lookup;
    private final Background background;
    private final Gate lookups = new Gate(MOST_LOOKUPS);

    /** What finds the addresses of a name, one at least, and may block. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /** For the link that has the rules. */
    public Addresses(AccessRules rules, Lookup lookup, Background background) {
        this.rules = rules;
        this.lookup = lookup;
        this.background = background;
    }

    /**
     * The addresses to connect to.
     *
     * @return fails with {@link DeniedException}, or with {@link IOException} when the name has none
     */
    public CompletionStage<List<InetAddress>> of(Target target) {
        rules.checkHost(target);
        Optional<InetAddress> literal = target.host().address();
        if (literal.isPresent()) {
            return CompletableFuture.completedFuture(rules.check(target, List.of(literal.get())));
        }
        if (lookups.enter() != Gate.Entry.ADMITTED) {
            return CompletableFuture.failedFuture(
                    new IOException("too many names are being looked up; the name servers are slow"));
        }
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        background.run(() -> find(target, found));
        return found;
    }

    private void find(Target target, CompletableFuture<List<InetAddress>> found) {
        try {
            List<InetAddress> addresses = List.of(lookup.addresses(target.host().text()));
            found.complete(rules.check(target, addresses));
        } catch (UnknownHostException e) {
            found.completeExceptionally(new IOException("no address is known for that name"));
        } catch (Throwable e) {
            found.completeExceptionally(e);
        } finally {
            lookups.leave();
        }
    }

    /**
     * Checks what can be checked of a server that a proxy will look up and connect to.
     *
     * @throws DeniedException when it may not be asked
     */
    public void checkForProxy(Target target) {
        rules.checkHost(target);
        if (target.host().isLocalhost()) {
            rules.check(target, List.of(InetAddress.getLoopbackAddress()));
        }
        target.host().address().ifPresent(address -> rules.check(target, List.of(address)));
    }
}
