package com.wasmcloud.testkit.protocol;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.wasmbus.Wasmbus;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A small contract and its provider, made to watch how provider-common treats sessions and payloads. */
final class Echo {
    static final Operation<Service, Bytes, Bytes> ECHO =
            Operation.of("Echo.Echo", Codec.BYTES, Codec.BYTES, Service::echo);
    static final Operation<Service, Long, Bytes> GROW =
            Operation.of("Echo.Grow", Codec.U32, Codec.BYTES, Service::grow);
    static final Operation<Service, Void, String> VALUE = Operation.of("Echo.Value", Codec.STRING, Service::value);
    static final Operation<Service, Void, Void> HANG = Operation.of("Echo.Hang", Codec.UNIT, Service::hang);
    static final Operation<Service, Void, Void> FAIL = Operation.of("Echo.Fail", Codec.UNIT, Service::fail);
    static final Operation<Service, Bytes, Bytes> CALL_BACK =
            Operation.of("Echo.CallBack", Codec.BYTES, Codec.BYTES, Service::callBack);
    static final Contract<Service> CONTRACT = Contract.<Service>named("test:echo")
            .operation(ECHO)
            .operation(GROW)
            .operation(VALUE)
            .operation(HANG)
            .operation(FAIL)
            .operation(CALL_BACK)
            .stubbedBy(Stub::new);

    /** Every session that was opened, oldest first. */
    final Queue<Session> sessions = new ConcurrentLinkedQueue<>();

    /** How the sessions of an actor are; healthy where nothing is said. */
    final Map<String, Supplier<Health>> health = new ConcurrentHashMap<>();

    /** The provider: a link's value {@code v} is what its session answers with; {@code bad} refuses the link. */
    Provider provider() {
        return Provider.named("echo").speaks(Wasmbus.serves(CONTRACT, this::open));
    }

    private Service open(Link link) {
        String value = link.settings().read(settings -> {
            settings.number("n", 0, 0, 10);
            return settings.text("v", "none");
        });
        if (value.equals("bad")) {
            throw new SettingsException("setting 'v' must not be bad");
        }
        Session session = new Session(link, value, health);
        sessions.add(session);
        return session;
    }

    /** The operations. */
    interface Service extends AutoCloseable {
        CompletionStage<Bytes> echo(Bytes payload);

        CompletionStage<Bytes> grow(long size);

        CompletionStage<String> value();

        CompletionStage<Void> hang();

        CompletionStage<Void> fail();

        CompletionStage<Bytes> callBack(Bytes payload);

        @Override
        default void close() {}
    }

    /** One link's session. */
    static final class Session implements Service, HealthReporter {
        final Link link;
        final CompletableFuture<Void> hanging = new CompletableFuture<>();
        final CompletableFuture<Void> hangs = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final String value;
        private final Map<String, Supplier<Health>> health;

        private Session(Link link, String value, Map<String, Supplier<Health>> health) {
            this.link = link;
            this.value = value;
            this.health = health;
        }

        @Override
        public CompletionStage<Bytes> echo(Bytes payload) {
            return CompletableFuture.completedFuture(payload);
        }

        @Override
        public CompletionStage<Bytes> grow(long size) {
            return CompletableFuture.completedFuture(Bytes.wrap(new byte[(int) size]));
        }

        @Override
        public CompletionStage<String> value() {
            return CompletableFuture.completedFuture(value);
        }

        @Override
        public CompletionStage<Void> hang() {
            hangs.complete(null);
            return hanging;
        }

        /** Fails in the way that the link's value names. */
        @Override
        public CompletionStage<Void> fail() {
            return switch (value) {
                case "throws an error" -> throw new AssertionError("a secret detail");
                case "returns no stage" -> null;
                case "completes with an error" ->
                    CompletableFuture.failedFuture(new StackOverflowError("a secret detail"));
                case "fails at length" ->
                    CompletableFuture.failedFuture(RpcException.of(Code.BACKEND, "long: " + "x".repeat(2_000_000)));
                default -> throw new IllegalStateException("a secret detail");
            };
        }

        @Override
        public CompletionStage<Bytes> callBack(Bytes payload) {
            return link.actor(CONTRACT).echo(payload);
        }

        @Override
        public Health health() {
            return health.getOrDefault(link.peer(), () -> Health.HEALTHY).get();
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }

    private record Stub(Caller caller) implements Service {
        @Override
        public CompletionStage<Bytes> echo(Bytes payload) {
            return ECHO.call(caller, payload);
        }

        @Override
        public CompletionStage<Bytes> grow(long size) {
            return GROW.call(caller, size);
        }

        @Override
        public CompletionStage<String> value() {
            return VALUE.call(caller);
        }

        @Override
        public CompletionStage<Void> hang() {
            return HANG.call(caller);
        }

        @Override
        public CompletionStage<Void> fail() {
            return FAIL.call(caller);
        }

        @Override
        public CompletionStage<Bytes> callBack(Bytes payload) {
            return CALL_BACK.call(caller, payload);
        }
    }
}
