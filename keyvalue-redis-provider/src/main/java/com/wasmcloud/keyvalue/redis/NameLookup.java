package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.HostNames;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Has the client look names up without waiting on its event loops. Thread-safe. */
final class NameLookup extends AddressResolverGroup<InetSocketAddress> {
    private final HostNames names;

    NameLookup(HostNames names) {
        this.names = names;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor).asAddressResolver();
    }

    private final class Resolver extends InetNameResolver {
        Resolver(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            tell(promise, names.addresses(host).thenApply(found -> found.get(0)));
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            tell(promise, names.addresses(host));
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
