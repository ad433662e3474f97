package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a record, as {@link Fields} makes it: its name on the wire, its type, how to get it, and what stands in for
 * it when it is not there.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record
 * @param <F> the record's component, which is an {@link Optional} for an optional field
 */
public final class Field<R, F> {
    private final int index;
    private final FieldName name;
    private final Codec<F> codec;
    private final Function<R, F> getter;
    private final @Nullable F absent;

    Field(int index, String name, Codec<F> codec, @Nullable F absent, Function<R, F> getter) {
        this.index = index;
        this.name = encoded(name);
        this.codec = codec;
        this.absent = absent;
        this.getter = getter;
    }

    private static FieldName encoded(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int most = utf8.length + 5;
        return new FieldName(
                name,
                utf8,
                encoded(name, new MsgpackWriter(new WireBuffer(most))),
                encoded(name, new CborWriter(new WireBuffer(most), false)));
    }

    private static byte[] encoded(String name, WireWriter out) {
        try {
            out.text(name);
            return out.finish().toByteArray();
        } catch (IOException e) {
            throw new AssertionError("writing into memory failed", e);
        }
    }

    /** Its place in the wire order. */
    int index() {
        return index;
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
}
