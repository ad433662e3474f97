package com.wasmcloud.contract.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record, named one after another in wire order while {@link Codec#record} describes it. Used by one thread.
 *
 * @param <R> the record
 */
public final class Fields<R> {
    private final List<Field<R, ?>> fields = new ArrayList<>();

    Fields() {}

    /** A field that is always written, and that a message must have. */
    public <F> Field<R, F> required(String name, Codec<F> codec, Function<R, F> getter) {
        return add(name, codec, null, getter);
    }

    /** A field that is always written; {@code absent} stands in for it where a message lacks it. */
    public <F> Field<R, F> withDefault(String name, Codec<F> codec, F absent, Function<R, F> getter) {
        return add(name, codec, absent, getter);
    }

    /**
     * A field that is omitted when empty (null where records are arrays); nil and nothing both mean empty when reading.
     */
    public <F> Field<R, Optional<F>> optional(String name, Codec<F> codec, Function<R, Optional<F>> getter) {
        return add(name, new OptionalCodec<>(codec), Optional.empty(), getter);
    }

    private <F> Field<R, F> add(String name, Codec<F> codec, @Nullable F absent, Function<R, F> getter) {
        Field<R, F> field = new Field<>(fields.size(), name, codec, absent, getter);
        fields.add(field);
        return field;
    }

    List<Field<R, ?>> inWireOrder() {
        return List.copyOf(fields);
    }
}
