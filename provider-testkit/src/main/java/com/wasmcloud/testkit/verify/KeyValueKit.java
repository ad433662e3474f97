package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.suites.KeyValueContractTest;
import java.util.List;
import java.util.UUID;

/** {@code wasmcloud:keyvalue}. */
final class KeyValueKit implements Kit {
    private static final String FALSE = "c2";
    /** Bytes of an encoded {@link GetResponse} beside a value of more than 65,535 bytes. */
    private static final int AROUND_A_VALUE = encoded(0x10000).size() - 0x10000;

    @Override
    public String contractId() {
        return KeyValueContract.INSTANCE.id();
    }

    @Override
    public String operation() {
        return "KeyValue.Contains";
    }

    @Override
    public String otherOperation() {
        return "KeyValue.Get";
    }

    @Override
    public Bytes argument() {
        return text("a-key-that-is-not-there");
    }

    @Override
    public boolean isServed(Reply reply) {
        return reply.result() != null && reply.result().toHex().equals(FALSE);
    }

    @Override
    public boolean hasLargeArguments() {
        return true;
    }

    @Override
    public Call largeArgument(Lab lab, int size) {
        Bytes argument = set("large-argument", size);
        int more = size - argument.size();
        return new Call(
                "KeyValue.Set",
                lab.actor().invocation(lab.provider(), "KeyValue.Set", set("large-argument", size + more)),
                reply -> !reply.isError()
                        && Await.result(store(lab).get("large-argument"))
                                .equals(new GetResponse("v".repeat(size + more), true)));
    }

    @Override
    public boolean hasLargeResults() {
        return true;
    }

    @Override
    public Call largeResult(Lab lab, int size) {
        String value = "v".repeat(size - AROUND_A_VALUE);
        Await.result(store(lab).set(new SetRequest("large-result", value, 0)));
        GetResponse expected = new GetResponse(value, true);
        return new Call(
                "KeyValue.Get",
                lab.actor().invocation(lab.provider(), "KeyValue.Get", text("large-result")),
                reply -> reply.result() != null
                        && reply.result().size() == size
                        && GetResponse.CODEC
                                .decode(reply.result(), Encoding.MSGPACK)
                                .equals(expected)); // in any order
    }

    @Override
    public Call numbered(Lab lab, TestActor actor, int number) {
        IncrementRequest request = new IncrementRequest("number-" + number + "-" + UUID.randomUUID(), number);
        Bytes argument = IncrementRequest.CODEC.encode(request, Encoding.MSGPACK);
        return new Call(
                "KeyValue.Increment by " + number,
                actor.invocation(lab.provider(), "KeyValue.Increment", argument),
                reply -> reply.result() != null && Codec.I32.decode(reply.result(), Encoding.MSGPACK) == number);
    }

    @Override
    public List<Check> suite() {
        return SuiteChecks.of(contractId(), KeyValueContractTest.class, Suite::new);
    }

    private static KeyValue store(Lab lab) {
        return lab.actor().calling(lab.provider(), KeyValueContract.INSTANCE);
    }

    private static Bytes text(String value) {
        return Codec.STRING.encode(value, Encoding.MSGPACK);
    }

    private static Bytes set(String key, int size) {
        return SetRequest.CODEC.encode(new SetRequest(key, "v".repeat(size), 0), Encoding.MSGPACK);
    }

    private static Bytes encoded(int size) {
        return GetResponse.CODEC.encode(new GetResponse("v".repeat(size), true), Encoding.MSGPACK);
    }

    /** The suite against a provider. */
    private static final class Suite extends KeyValueContractTest {
        private final KeyValue store;

        Suite(Trial trial) {
            store = Recorded.of(KeyValue.class, trial, store(trial.lab()));
        }

        @Override
        protected KeyValue keyValue() {
            return store;
        }
    }
}
