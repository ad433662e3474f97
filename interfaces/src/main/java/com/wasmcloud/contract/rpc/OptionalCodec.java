package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A value or nil; records leave the nil out where their form allows it. */
final class OptionalCodec<T> extends Codec<Optional<T>> {
    private final Codec<T> codec;

    OptionalCodec(Codec<T> codec) {
        this.codec = codec;
    }

    @Override
    String name() {
        return "optional " + codec.name();
    }

    @Override
    Set<WireReader.Kind> kinds() {
        return codec.kinds();
    }

    @Override
    int sizeHint(Optional<T> value) {
        return value.isPresent() ? codec.sizeHint(value.get()) : 1;
    }

    @Override
    void write(WireWriter out, Optional<T> value) throws IOException {
        if (value.isPresent()) {
            codec.write(out, value.get());
        } else {
            out.nil();
        }
    }

    @Override
    Optional<T> read(WireReader in) throws IOException {
        return in.skipNil() ? Optional.empty() : Optional.of(codec.read(in));
    }

    @Override
    boolean isLeftOut(Optional<T> value) {
        return value.isEmpty();
    }
}
