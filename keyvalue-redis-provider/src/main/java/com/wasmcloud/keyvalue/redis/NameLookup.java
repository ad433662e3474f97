package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Background;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks host names up as Java does, each on a thread of its own: a name server that does not answer delays only those who
 * want names from it, and the event loops never wait. Whoever asks for a name that is being looked up gets that answer.
 *
 * <p>Thread-safe.
 */
final class NameLookup extends AddressResolverGroup<InetSocketAddress> {
    private final Lookup lookup;
    private final Background background;
    private final Map<String, CompletableFuture<List<InetAddress>>> pending = new ConcurrentHashMap<>();

    /** Looks a name up, and may block. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws Exception;
    }

    NameLookup(Lookup lookup, Background background) {
        this.lookup = lookup;
        this.background = background;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor).asAddressResolver();
    }

    private CompletableFuture<List<InetAddress>> addresses(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> before = pending.putIfAbsent(host, mine);
        if (before != null) {
            return before;
        }
        background.run(() -> {
            try {
                mine.complete(List.of(lookup.addresses(host)));
            } catch (Throwable e) { // whatever it is, others must be able to ask again
                mine.completeExceptionally(e);
            } finally {
                pending.remove(host);
            }
        });
        return mine;
    }

    private final class Resolver extends InetNameResolver {
        Resolver(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            tell(promise, addresses(host).thenApply(found -> found.get(0)));
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            tell(promise, addresses(host));
        }

        private static <T> void tell(Promise<T> promise, CompletionStage<T> outcome) {
            outcome.whenComplete((found, failure) -> {
                if (failure == null) {
                    promise.trySuccess(found);
                } else {
                    promise.tryFailure(failure);
                }
            });
        }
    }
}
