package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Health;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.ProviderSetup;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestInvocation;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A host of one family with the provider under test and an actor that is linked to it from the start. Everything is
 * started when it is first asked for, and again after the provider's process has ended. Used by one thread at a time.
 */
final class Lab implements AutoCloseable {
    private static final int LOG_LINES = 5;

    private final Target target;
    private final NatsServer nats;
    private final HostForm form;
    private final Map<String, Map<String, String>> values = new HashMap<>();
    private @Nullable TestHost host;
    private @Nullable TestProvider provider;
    private @Nullable TestActor actor;
    private @Nullable String cannotStart;

    Lab(Target target, NatsServer nats, HostForm form) {
        this.target = target;
        this.nats = nats;
        this.form = form;
    }

    Target target() {
        return target;
    }

    NatsServer nats() {
        return nats;
    }

    Kit kit() {
        return target.kit();
    }

    Limits limits() {
        return target.limits();
    }

    TestHost host() {
        TestHost running = host;
        if (running == null) {
            running = TestHost.start(nats, form);
            host = running;
        }
        return running;
    }

    /**
     * The provider, which runs, answers, and has the link of {@link #actor}.
     *
     * @throws AssertionError when it does not start, once
     * @throws Skipped every further time
     */
    TestProvider provider() {
        if (cannotStart != null) {
            throw new Skipped(cannotStart);
        }
        TestProvider running = provider;
        if (running == null || !running.process().running()) {
            close();
            running = launch(UnaryOperator.identity());
            try {
                awaitAnswer();
            } catch (AssertionError failure) {
                cannotStart = "the provider does not start";
                throw failure;
            }
        }
        return running;
    }

    /** Starts it with a line on standard input that may be changed, and returns at once. */
    TestProvider launch(UnaryOperator<String> line) {
        TestActor first = newActor();
        actor = first;
        ProviderSetup setup = host().provider(kit().contractId()).link(first, values(first));
        if (target.config().isPresent()) {
            setup = setup.config(target.config().get());
        }
        TestProvider launched = setup.launch(target.executable(), line);
        provider = launched;
        return launched;
    }

    /** Waits until it answers health. */
    void awaitAnswer() {
        TestProvider launched = provider;
        if (launched == null) {
            throw new IllegalStateException("nothing was launched");
        }
        Await.until("the provider answered a health request", limits().start(), () -> {
            if (!launched.process().running()) {
                throw new AssertionError("it ended with exit code "
                        + launched.process().awaitExit() + " before it answered a health request");
            }
            try {
                Health unused = launched.health();
                return true;
            } catch (RpcException notYet) {
                return false;
            }
        });
    }

    /** The actor that is linked in the host data. */
    TestActor actor() {
        TestProvider unused = provider();
        TestActor linked = actor;
        if (linked == null) {
            throw new IllegalStateException("nothing was launched");
        }
        return linked;
    }

    /** An actor without a link. */
    TestActor newActor() {
        TestActor made = host().actor();
        values.put(made.key(), kit().linkValues(target.link()));
        kit().prepare(made);
        return made;
    }

    /** An actor whose link was put and is served. */
    TestActor linkedActor() {
        TestProvider to = provider();
        TestActor made = newActor();
        to.link(made, values(made));
        awaitServed(made, limits().link());
        return made;
    }

    /** The values for the link of an actor, which stay the same. */
    Map<String, String> values(TestActor of) {
        return Map.copyOf(values.getOrDefault(of.key(), Map.of()));
    }

    /** A call that has to be served, not sent yet. */
    TestInvocation honest(TestActor from) {
        return from.invocation(provider(), kit().operation(), kit().argument());
    }

    /**
     * Sends a call, and gives what the provider says.
     *
     * @throws AssertionError when it says nothing, or something that no host understands
     */
    Reply send(TestInvocation call) {
        try {
            return Reply.of(Await.result(call.within(limits().call()).send()));
        } catch (RpcException failure) {
            if (failure.code() == RpcException.Code.REMOTE) {
                return Reply.error(String.valueOf(failure.getMessage()));
            }
            throw new AssertionError("no reply: " + failure.getMessage(), failure);
        }
    }

    /** Fails unless a call of an actor is served. */
    void mustServe(TestActor from) {
        Reply reply = send(honest(from));
        if (!kit().isServed(reply)) {
            throw new AssertionError(reply.toString());
        }
    }

    /** Whether a call of an actor is served; not while nobody answers. */
    boolean serves(TestActor from) {
        try {
            return kit().isServed(send(honest(from)));
        } catch (AssertionError noReply) {
            return false;
        }
    }

    void awaitServed(TestActor from, Duration limit) {
        await("calls of the actor %s are served".formatted(from), limit, () -> serves(from));
    }

    /** Waits, but no longer than the process lives. */
    void await(String what, Duration limit, BooleanSupplier condition) {
        Await.until(what, limit, () -> {
            mustLive();
            return condition.getAsBoolean();
        });
    }

    /** Fails when the process has ended. */
    void mustLive() {
        TestProvider running = provider;
        if (running != null && !running.process().running()) {
            throw new AssertionError(
                    "its process ended with exit code " + running.process().awaitExit());
        }
    }

    /** Sends a link message that the test has made. */
    void publish(String suffix, Bytes message) {
        host().publish(provider().subject() + suffix, message);
    }

    /** The last lines of its standard error. */
    String log() {
        TestProvider running = provider;
        if (running == null) {
            return "";
        }
        String[] lines = running.process().log().strip().split("\n", -1);
        int from = Math.max(0, lines.length - LOG_LINES);
        return String.join("\n", List.of(lines).subList(from, lines.length));
    }

    /** Ends the provider and its host; the next question starts them again. */
    @Override
    public void close() {
        TestHost running = host;
        if (running != null) {
            running.close();
        }
        host = null;
        provider = null;
        actor = null;
        values.clear();
    }
}
