package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Health;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.util.Map;

/**
 * A provider that a {@link TestHost} has started.
 *
 * <p>Thread-safe. Owned by the host, which closes it in the end if nobody else has; to close it is to kill it.
 */
public final class TestProvider implements AutoCloseable {
    /** An operation that no contract has: the answer tells whether the actor is linked. */
    private static final String NO_OPERATION = "Testkit.AreWeLinked";

    private final TestHost host;
    private final Entity identity;
    private final AutoCloseable process;
    private final String instanceId;

    TestProvider(TestHost host, Entity identity, AutoCloseable process, String instanceId) {
        this.host = host;
        this.identity = identity;
        this.process = process;
        this.instanceId = instanceId;
    }

    /** Its key, {@code V…}. */
    public String key() {
        return identity.publicKey();
    }

    /** The link name it was started for. */
    public String linkName() {
        return identity.linkName();
    }

    /** The contract it was started for. */
    public String contractId() {
        return identity.contractId();
    }

    /** The name that its host has given to this instance of it, another one at each start. */
    public String instanceId() {
        return instanceId;
    }

    /** The subject of its calls; those of its control messages begin with it. */
    public String subject() {
        return host.subjects().provider(key(), linkName());
    }

    /**
     * Its process.
     *
     * @throws IllegalStateException when the host has started none for it
     */
    public ProviderProcess process() {
        if (process instanceof ProviderProcess running) {
            return running;
        }
        throw new IllegalStateException("the provider %s has no process that this host has started".formatted(key()));
    }

    /** Puts a link and tells the provider; {@link #awaitLinked} waits until it has noticed. */
    public void link(TestActor actor, Map<String, String> values) {
        host.put(definition(actor, values));
    }

    /**
     * Puts a link and waits until the provider serves the actor; where it has done so already, with other values, wait for
     * what the new ones change.
     */
    public void linkAndAwait(TestActor actor, Map<String, String> values) {
        link(actor, values);
        awaitLinked(actor);
    }

    /** Takes a link away and tells the provider. */
    public void unlink(TestActor actor) {
        host.delete(definition(actor, Map.of()));
    }

    /** Waits until the provider serves the actor. */
    public void awaitLinked(TestActor actor) {
        Await.until("the provider has the link of " + actor, () -> isLinked(actor));
    }

    /** Waits until the provider refuses the actor. */
    public void awaitUnlinked(TestActor actor) {
        Await.until("the provider has no link of " + actor, () -> !isLinked(actor));
    }

    /** Whether the provider serves the actor right now, found out by a call of an operation that does not exist. */
    public boolean isLinked(TestActor actor) {
        try {
            Await.result(actor.call(this, NO_OPERATION, Bytes.EMPTY));
            throw new AssertionError("the provider answered an operation that its contract does not have");
        } catch (RpcException refusal) {
            return switch (refusal.code()) {
                case REMOTE -> !String.valueOf(refusal.getMessage()).startsWith("unlinked actor");
                default -> throw refusal;
            };
        }
    }

    /**
     * Asks how it is, as its host does.
     *
     * @throws RpcException when there is no answer
     * @throws AssertionError when the host would not understand the answer
     */
    public Health health() {
        return health(host.form().healthRequest());
    }

    /** The same with a request of the test's own. */
    public Health health(Bytes request) {
        return ReplyReader.health(host.form(), host.request(subject() + ".health", request));
    }

    /** Waits until it says that it is healthy. */
    public void awaitHealthy() {
        Await.until("the provider is healthy", () -> health().healthy());
    }

    /** Waits until it says that it is not healthy, and gives the reason. */
    public String awaitUnhealthy() {
        Await.until("the provider is not healthy", () -> !health().healthy());
        return health().reason();
    }

    /**
     * Waits until it answers at all, healthy or not.
     *
     * @throws AssertionError when it does not, or when its process ends, with its log
     */
    public void awaitAnswer() {
        Await.until("the provider answers", () -> {
            if (process instanceof ProviderProcess started && !started.running()) {
                throw new AssertionError(
                        "the provider ended with code %d: %s".formatted(started.awaitExit(), started.log()));
            }
            try {
                health();
                return true;
            } catch (RpcException notYet) {
                return false;
            }
        });
    }

    /**
     * Asks it to stop, as its host does, and gives its acknowledgement; a real host kills it at that moment.
     *
     * @throws RpcException when there is no answer
     */
    public String shutdown() {
        return requestShutdown(host.form().shutdownRequest(host.hostId()));
    }

    /** The same with a request of the test's own. */
    public String requestShutdown(Bytes request) {
        return host.request(subject() + ".shutdown", request).toUtf8();
    }

    Entity entity() {
        // the harness leaves the contract out
        return host.form() == HostForm.HARNESS ? new Entity(key(), linkName(), "") : identity;
    }

    private LinkDefinition definition(TestActor actor, Map<String, String> values) {
        return new LinkDefinition(actor.key(), key(), linkName(), contractId(), values);
    }

    @Override
    public void close() {
        host.remove(this);
        try {
            process.close();
        } catch (Exception failure) {
            throw new IllegalStateException("the provider %s did not close".formatted(key()), failure);
        }
    }
}
