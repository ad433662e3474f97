package com.wasmcloud.contract.rpc;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A capability contract: its id, its operations by name, and how to call it from afar.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> the Java interface of the service
 */
public final class Contract<S> {
    private Contract() {}

    /** The contract id that links and actor claims name, for example {@code wasmcloud:keyvalue}. */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /**
     * Which encoding a call is in: MessagePack always for a MessagePack contract; sniffed from the argument for a contract
     * that exists in several encodings.
     *
     * @param last what an argument without any hint (no bytes) is taken for
     * @throws RpcException with code MALFORMED when the first byte fits no encoding
     */
    public Encoding encodingOf(Bytes argument, Encoding last) {
        throw new UnsupportedOperationException();
    }

    /**
     * Serves one call: finds the operation, decodes the argument, calls the method, encodes the result.
     *
     * <p>Never throws: every failure completes the stage, an unknown operation or an undecodable argument with
     * {@link RpcException}.
     */
    public CompletionStage<Bytes> invoke(S service, String operation, Bytes argument, Encoding encoding) {
        throw new UnsupportedOperationException();
    }

    /** A view of a far side as the contract's Java interface; cheap to make, as thread-safe as the caller. */
    public S stub(Caller caller) {
        throw new UnsupportedOperationException();
    }

    /** Starts the description of a contract. */
    public static <S> Builder<S> named(String id) {
        throw new UnsupportedOperationException();
    }

    /** Collects the operations of a contract; used by one thread. */
    public static final class Builder<S> {
        private Builder() {}

        /** Adds an operation. */
        public Builder<S> operation(Operation<S, ?, ?> operation) {
            throw new UnsupportedOperationException();
        }

        /** Lets callers use CBOR too: the encoding is found by the first byte of each argument. */
        public Builder<S> sniffed() {
            throw new UnsupportedOperationException();
        }

        /** Finishes the description with the class that calls a far side. */
        public Contract<S> stubbedBy(Function<Caller, S> stub) {
            throw new UnsupportedOperationException();
        }
    }
}
