package com.wasmcloud.httpclient.access;

import com.wasmcloud.provider.support.Gate;
import com.wasmcloud.provider.support.HostNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final HostNames names;
    private final Gate lookups = new Gate(MOST_LOOKUPS);

    /** For the link that has the rules. */
    public Addresses(AccessRules rules, HostNames names) {
        this.rules = rules;
        this.names = names;
    }

    /**
     * The addresses to connect to.
     *
     * @return fails with {@link DeniedException}, or with {@link IOException} when the name has none
     */
    public CompletionStage<List<InetAddress>> of(Target target) {
        rules.checkHost(target);
        return addresses(target.host()).thenApply(addresses -> rules.check(target, addresses));
    }

    /**
     * The addresses of a proxy, which the operator has named and no rule is about.
     *
     * @return fails with {@link IOException} when the name has none
     */
    public CompletionStage<List<InetAddress>> ofProxy(Target proxy) {
        return addresses(proxy.host());
    }

    private CompletionStage<List<InetAddress>> addresses(Host host) {
        if (host.address().isPresent()) {
            return CompletableFuture.completedFuture(List.of(host.address().get()));
        }
        if (lookups.enter() != Gate.Entry.ADMITTED) {
            return CompletableFuture.failedFuture(
                    new IOException("too many names are being looked up; the name servers are slow"));
        }
        return names.addresses(host.text()).handle((addresses, failure) -> {
            lookups.leave();
            if (failure == null) {
                return addresses;
            }
            throw new CompletionException(
                    failure instanceof UnknownHostException
                            ? new IOException("no address is known for that name")
                            : failure);
        });
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
