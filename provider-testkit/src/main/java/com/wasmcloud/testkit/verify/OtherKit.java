package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A contract of which no operation is known: the checks of the protocol call one that does not exist, and the answer to
 * that tells whether the link is there and the claims hold all the same.
 */
class OtherKit implements Kit {
    private final String contractId;

    OtherKit(String contractId) {
        this.contractId = contractId;
    }

    @Override
    public final String contractId() {
        return contractId;
    }

    @Override
    public final String operation() {
        return "Testkit.NoSuchOperation";
    }

    @Override
    public final Bytes argument() {
        return Bytes.utf8("\u0001");
    }

    @Override
    public final boolean isServed(Reply reply) {
        return reply.error().startsWith("method not handled");
    }

    @Override
    public final Optional<String> operationWithArgument() {
        return Optional.empty();
    }

    @Override
    public List<Check> suite() {
        return List.of();
    }
}
