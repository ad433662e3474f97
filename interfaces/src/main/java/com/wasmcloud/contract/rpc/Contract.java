package com.wasmcloud.contract.rpc;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A capability contract: its id, its operations by name, and how to call it from afar.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> the Java interface of the service
 */
public final class Contract<S> {
    /** Longest piece of an unknown operation's name that is sent back. */
    private static final int MAX_ECHO = 100;

    private final String id;
    private final Map<String, Operation<S, ?, ?>> operations;
    private final Set<String> services;
    private final boolean sniffed;
    private final Function<Caller, S> stub;

    private Contract(Builder<S> builder, Function<Caller, S> stub) {
        this.id = builder.id;
        this.operations = Collections.unmodifiableMap(new LinkedHashMap<>(builder.operations));
        this.services = new HashSet<>();
        this.sniffed = builder.sniffed;
        this.stub = stub;
        operations.keySet().forEach(name -> services.add(name.substring(0, name.lastIndexOf('.'))));
    }

    /** The contract id that links and actor claims name, for example {@code wasmcloud:keyvalue}. */
    public String id() {
        return id;
    }

    /** The full names of the operations, {@code Service.Method}, in the order of the description. */
    public Set<String> operations() {
        return operations.keySet();
    }

    /**
     * Which encoding a call is in: MessagePack always for a MessagePack contract; sniffed from the argument for a
     * contract that exists in several encodings.
     *
     * @param operation full name; what an argument may be decides where one byte could begin two encodings
     * @param last what an argument without any hint (no bytes) is taken for
     * @throws RpcException with code MALFORMED when the first byte fits no encoding
     */
    public Encoding encodingOf(String operation, Bytes argument, Encoding last) {
        if (!sniffed) {
            return Encoding.MSGPACK;
        }
        @Nullable Operation<S, ?, ?> known = operations.get(operation);
        return known == null ? last : Sniffer.encodingOf(known.argument(), argument, last);
    }

    /**
     * Serves one call: finds the operation, decodes the argument, calls the method, encodes the result.
     *
     * <p>Never throws: every failure completes the stage, an unknown operation or an undecodable argument with
     * {@link RpcException}.
     */
    public CompletionStage<Bytes> invoke(S service, String operation, Bytes argument, Encoding encoding) {
        try {
            @Nullable Operation<S, ?, ?> known = operations.get(operation);
            return known == null
                    ? CompletableFuture.failedFuture(unknown(operation))
                    : known.serve(service, sniffed ? Sniffer.withoutPrefix(argument, encoding) : argument, encoding);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A view of a far side as the contract's Java interface; cheap to make, as thread-safe as the caller. */
    public S stub(Caller caller) {
        return stub.apply(caller);
    }

    /** Starts the description of a contract. */
    public static <S> Builder<S> named(String id) {
        return new Builder<>(id);
    }

    private RpcException unknown(String operation) {
        int dot = operation.lastIndexOf('.');
        String service = dot < 0 ? "_" : operation.substring(0, dot);
        String method = operation.substring(dot + 1);
        return RpcException.unknownOperation(
                services.contains(service)
                        ? service + "::" + shortened(method)
                        : shortened(service + "." + method) + " - unknown method");
    }

    private static String shortened(String name) {
        return name.length() <= MAX_ECHO ? name : name.substring(0, MAX_ECHO) + "…";
    }

    /** Collects the operations of a contract; used by one thread. */
    public static final class Builder<S> {
        private final String id;
        private final Map<String, Operation<S, ?, ?>> operations = new LinkedHashMap<>();
        private boolean sniffed;

        private Builder(String id) {
            this.id = id;
        }

        /**
         * Adds an operation.
         *
         * @throws IllegalArgumentException when its name has no dot or is there already
         */
        public Builder<S> operation(Operation<S, ?, ?> operation) {
            if (operation.name().indexOf('.') < 0) {
                throw new IllegalArgumentException(operation.name() + " is not of the form Service.Method");
            }
            if (operations.putIfAbsent(operation.name(), operation) != null) {
                throw new IllegalArgumentException(operation.name() + " is in the contract already");
            }
            return this;
        }

        /**
         * Lets callers use CBOR too: the encoding is found by the first byte of each argument, and where that byte could
         * begin two encodings ({@code a2} is a text in MessagePack and a map in CBOR) by what the operation takes: a bare
         * name is text, a record is a map. Where an operation takes either, or a list, an argument is MessagePack when it
         * is exactly one MessagePack value.
         */
        public Builder<S> sniffed() {
            sniffed = true;
            return this;
        }

        /** Finishes the description with the class that calls a far side. */
        public Contract<S> stubbedBy(Function<Caller, S> stub) {
            return new Contract<>(this, stub);
        }
    }
}
