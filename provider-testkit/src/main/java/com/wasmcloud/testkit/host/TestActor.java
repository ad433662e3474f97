package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Encoding;
import java.util.concurrent.CompletionStage;

/**
 * An actor in a {@link TestHost}: calls providers with signed invocations, and answers theirs. Its host stands between
 * it and them as a real one does: it checks what comes from a provider as strictly as hosts of its family, and replies in
 * their form.
 *
 * <p>Thread-safe. Owns nothing; ends with its host.
 */
public final class TestActor {
    private final TestHost host;
    private final String key;

    TestActor(TestHost host, String key) {
        this.host = host;
        this.key = key;
    }

    /** Its key, {@code M…}. */
    public String key() {
        return key;
    }

    /** A provider as the contract's Java interface, called in MessagePack. */
    public <S> S calling(TestProvider provider, Contract<S> contract) {
        return contract.stub((operation, argument) -> call(provider, operation, argument));
    }

    /** A provider as the contract's Java interface, called in an encoding. */
    public <S> S calling(TestProvider provider, Contract<S> contract, Encoding encoding) {
        return contract.stub(new Caller() {
            @Override
            public CompletionStage<Bytes> call(String operation, Bytes argument) {
                return TestActor.this.call(provider, operation, argument);
            }

            @Override
            public Encoding encoding() {
                return encoding;
            }
        });
    }

    /** Calls an operation; see {@link TestInvocation#send} for how it fails. */
    public CompletionStage<Bytes> call(TestProvider provider, String operation, Bytes argument) {
        return invocation(provider, operation, argument).send();
    }

    /** A call that is not sent yet, to be sent in other ways than the usual. */
    public TestInvocation invocation(TestProvider provider, String operation, Bytes argument) {
        return TestInvocation.of(host, key, provider, operation, argument);
    }

    /** Answers the calls of providers with an implementation of a contract, until the host closes. */
    public <S> void serves(Contract<S> contract, S implementation) {
        serves((operation, argument) -> contract.invoke(
                implementation, operation, argument, contract.encodingOf(operation, argument, Encoding.MSGPACK)));
    }

    /** Answers the calls of providers with bytes, until the host closes. */
    public void serves(ActorHandler handler) {
        new ActorSide(host, key, handler).subscribe();
        host.flush();
    }

    /** Leaves the lattice: calls of providers reach nobody from now on. */
    public void leaves() {
        host.connection().unsubscribe(host.subjects().actor(key));
        host.flush();
    }

    @Override
    public String toString() {
        return key;
    }
}
