package com.wasmcloud.contract.rpc;

import java.util.concurrent.CompletionStage;

/** A caller whose far side is a service in the same process, through everything but the network. */
public record Loopback<S>(Contract<S> contract, S service, Encoding encoding) implements Caller {
    @Override
    public CompletionStage<Bytes> call(String operation, Bytes argument) {
        return contract.invoke(service, operation, argument, contract.encodingOf(operation, argument, encoding));
    }
}
