package com.wasmcloud.contract.rpc;

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One operation of a contract: its name on the wire, its argument and result, and the method that serves it.
 *
 * @param <S> the Java interface of the service
 * @param <A> argument, {@link Void} for none
 * @param <R> result, {@link Void} for none
 * @param name full name, {@code Service.Method}
 */
public record Operation<S, A, R>(
        String name, Codec<A> argument, Codec<R> result, BiFunction<S, A, CompletionStage<R>> method) {

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
        throw new UnsupportedOperationException();
    }
}
