package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Contract;

/** The table of {@code wasmcloud:keyvalue}. */
public final class KeyValueContract {
    /** The contract, for serving and for calling it. */
    public static final Contract<KeyValue> INSTANCE = todo();

    private KeyValueContract() {}

    private static Contract<KeyValue> todo() {
        return Contract.<KeyValue>named("wasmcloud:keyvalue").stubbedBy(caller -> {
            throw new UnsupportedOperationException();
        });
    }
}
