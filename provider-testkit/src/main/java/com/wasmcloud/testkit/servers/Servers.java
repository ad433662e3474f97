package com.wasmcloud.testkit.servers;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link NatsServer}, a {@link RedisServer} and an {@link S3Server} as parameters of constructors and methods.
 *
 * <pre>{@code
 * @ExtendWith(Servers.class)
 * class CounterTest {
 *     @Test
 *     void counts(NatsServer nats, RedisServer redis) { … }
 * }
 * }</pre>
 *
 * <p>One server of each kind is started when the first test asks for it, is shared by all tests of the run, and ends
 * with the run. So use lattice prefixes, keys and containers of your own, and do not stop it: a test that kills a server,
 * or wants it set up in some way, starts one for itself with {@link NatsServer#setup}, {@link RedisServer#setup} or
 * {@link S3Server#setup}.
 */
public final class Servers implements ParameterResolver {
    private static final Map<Class<?>, Supplier<AutoCloseable>> KINDS = Map.of(
            NatsServer.class,
            NatsServer::start,
            RedisServer.class,
            RedisServer::start,
            S3Server.class,
            () -> S3Server.setup().start());

    /** Made by JUnit. */
    public Servers() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return KINDS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> kind = parameter.getParameter().getType();
        Supplier<AutoCloseable> start = KINDS.get(kind);
        if (start == null) {
            throw new IllegalArgumentException("no server of " + kind + " is known");
        }
        // JUnit closes what a store holds: for the root's, at the end of the run
        return context.getRoot()
                .getStore(Namespace.create(Servers.class))
                .getOrComputeIfAbsent(kind, key -> start.get(), AutoCloseable.class);
    }
}
