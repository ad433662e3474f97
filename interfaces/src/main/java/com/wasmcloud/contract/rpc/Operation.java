package com.wasmcloud.contract.rpc;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One operation of a contract: its name on the wire, its argument and result, and the method that serves it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> the Java interface of the service
 * @param <A> argument, {@link Void} for none
 * @param <R> result, {@link Void} for none
 * @param name full name, {@code Service.Method}
 */
public record Operation<S, A, R>(
        String name, Codec<A> argument, Codec<R> result, BiFunction<S, A, CompletionStage<R>> method) {
    /** Int 127 in the shortest form, which is the byte that CBOR results begin with. */
    private static final int INT_127 = CborWriter.PREFIX;

    private static final Bytes LONGER_INT_127 = Bytes.wrap(new byte[] {(byte) 0xcc, INT_127});

    /** Describes an operation with an argument. */
    public static <S, A, R> Operation<S, A, R> of(
            String name, Codec<A> argument, Codec<R> result, BiFunction<S, A, CompletionStage<R>> method) {
        return new Operation<>(name, argument, result, method);
    }

    /** Describes an operation without an argument. */
    public static <S, R> Operation<S, Void, R> of(
            String name, Codec<R> result, Function<S, CompletionStage<R>> method) {
        return new Operation<>(name, Codec.UNIT, result, (service, none) -> method.apply(service));
    }

    /** Calls this operation on a far side: encodes, sends, decodes. Failures complete the stage. */
    public CompletionStage<R> call(Caller caller, A value) {
        try {
            Encoding encoding = caller.encoding();
            return caller.call(name, argument.encode(value, encoding))
                    .thenApply(reply -> result.decode(reply, encodingOfReply(reply, encoding)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Calls this operation, which has no argument, on a far side. Failures complete the stage. */
    @SuppressWarnings("NullAway") // the one value that Void has
    public CompletionStage<R> call(Caller caller) {
        return call(caller, null);
    }

    /** Serves one call; throws when the argument is malformed or the method does. */
    CompletionStage<Bytes> serve(S service, Bytes bytes, Encoding encoding) {
        CompletionStage<R> stage = method.apply(service, argument.decode(bytes, encoding));
        Objects.requireNonNull(stage, () -> name + " gave no stage");
        return stage.thenApply(value -> encodeResult(value, encoding));
    }

    private Bytes encodeResult(R value, Encoding encoding) {
        if (value == null && result != Codec.UNIT) {
            throw new NullPointerException(name + " completed without a result");
        }
        Bytes bytes = result.encode(value, encoding);
        // The Rust host takes a result that begins with 7f for CBOR and fails, so that a counter would break at 127.
        // Every decoder takes an integer in any width. Arguments and fields stay minimal: nobody sniffs those.
        return encoding == Encoding.MSGPACK && bytes.size() == 1 && bytes.at(0) == INT_127 ? LONGER_INT_127 : bytes;
    }

    /** Actors that know both encodings answer in CBOR whatever they are asked in, so the reply decides. */
    private static Encoding encodingOfReply(Bytes reply, Encoding asked) {
        if (reply.size() > 1 && reply.at(0) == CborWriter.PREFIX) {
            return Encoding.CBOR;
        }
        return asked == Encoding.CBOR ? Encoding.MSGPACK : asked;
    }
}
