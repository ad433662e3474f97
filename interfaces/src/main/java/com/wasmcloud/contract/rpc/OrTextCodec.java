package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** A value that some callers send as bare text; written in its proper form. */
final class OrTextCodec<T> extends Codec<T> {
    private final Codec<T> codec;
    private final Function<String, T> fromText;
    private final Set<WireReader.Kind> kinds;

    OrTextCodec(Codec<T> codec, Function<String, T> fromText) {
        this.codec = codec;
        this.fromText = fromText;
        this.kinds = EnumSet.copyOf(codec.kinds());
        kinds.add(WireReader.Kind.TEXT);
    }

    @Override
    String name() {
        return codec.name();
    }

    @Override
    Set<WireReader.Kind> kinds() {
        return kinds;
    }

    @Override
    int sizeHint(T value) {
        return codec.sizeHint(value);
    }

    @Override
    void write(WireWriter out, T value) throws IOException {
        codec.write(out, value);
    }

    @Override
    T read(WireReader in) throws IOException {
        return in.peek() == WireReader.Kind.TEXT ? fromText.apply(in.text()) : codec.read(in);
    }
}
