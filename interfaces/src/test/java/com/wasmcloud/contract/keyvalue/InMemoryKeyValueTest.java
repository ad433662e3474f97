package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Loopback;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;

class InMemoryKeyValueTest {
    private Instant now = Instant.EPOCH;
    private final KeyValue inMemory = new InMemoryKeyValue(() -> now);

    @Nested
    class Directly extends KeyValueContractTest {
        @Override
        protected KeyValue keyValue() {
            return inMemory;
        }

        @Override
        protected void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /** Every argument and result goes through its bytes. */
    @Nested
    class ThroughAStub extends KeyValueContractTest {
        @Override
        protected KeyValue keyValue() {
            return KeyValueContract.INSTANCE.stub(
                    new Loopback<>(KeyValueContract.INSTANCE, inMemory, Encoding.MSGPACK));
        }

        @Override
        protected void pass(Duration time) {
            now = now.plus(time);
        }
    }
}
