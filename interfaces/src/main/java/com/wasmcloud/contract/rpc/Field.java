package com.wasmcloud.contract.rpc;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a record: its name on the wire, its type, how to get it, and what happens when it is not there.
 *
 * <p>Immutable and thread-safe. The fields of a record are listed in wire order.
 *
 * @param <R> the record
 * @param <F> the record's component, which is an {@link Optional} for an optional field
 */
public final class Field<R, F> {
    private final FieldName name;
    private final Codec<F> codec;
    private final Function<R, F> getter;
    private final @Nullable F absent;

    private Field(String name, Codec<F> codec, @Nullable F absent, Function<R, F> getter) {
        this.name = new FieldName(name);
        this.codec = codec;
        this.absent = absent;
        this.getter = getter;
    }

    /** A field that is always written, and that a message must have. */
    public static <R, F> Field<R, F> required(String name, Codec<F> codec, Function<R, F> getter) {
        return new Field<>(name, codec, null, getter);
    }

    /** A field that is always written; {@code absent} stands in for it where a message lacks it. */
    public static <R, F> Field<R, F> of(String name, Codec<F> codec, F absent, Function<R, F> getter) {
        return new Field<>(name, codec, absent, getter);
    }

    /**
     * A field that is left out when empty (null where records are arrays); nil and nothing both mean empty when
     * reading.
     */
    public static <R, F> Field<R, Optional<F>> optional(String name, Codec<F> codec, Function<R, Optional<F>> getter) {
        return new Field<>(name, new OptionalCodec<>(codec), Optional.empty(), getter);
    }

    FieldName name() {
        return name;
    }

    Codec<F> codec() {
        return codec;
    }

    F of(R value) {
        return getter.apply(value);
    }

    /** What stands in for the field where a message lacks it; null when it must not. */
    @Nullable
    F absent() {
        return absent;
    }

    @SuppressWarnings("unchecked") // the codec of this field made it
    F cast(Object value) {
        return (F) value;
    }
}
