package com.wasmcloud.testkit.suites;

import com.wasmcloud.contract.keyvalue.KeyValue;

class InMemoryKeyValueTest extends KeyValueContractTest {
    private final KeyValue keyValue = new InMemoryKeyValue();

    @Override
    protected KeyValue keyValue() {
        return keyValue;
    }
}
