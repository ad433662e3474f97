package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A map from text to values of one type, in the order of the map when writing, of the message when reading. */
final class MapCodec<T> extends Codec<Map<String, T>> {
    private final Codec<T> value;

    MapCodec(Codec<T> value) {
        this.value = value;
    }

    @Override
    String name() {
        return "map of " + value.name();
    }

    @Override
    Set<WireReader.Kind> kinds() {
        return Set.of(WireReader.Kind.MAP);
    }

    @Override
    int sizeHint(Map<String, T> map) {
        int size = 5;
        for (Map.Entry<String, T> entry : map.entrySet()) {
            size += STRING.sizeHint(entry.getKey()) + value.sizeHint(entry.getValue());
        }
        return size;
    }

    @Override
    void write(WireWriter out, Map<String, T> map) throws IOException {
        out.map(map.size());
        for (Map.Entry<String, T> entry : map.entrySet()) {
            out.text(entry.getKey());
            value.write(out, entry.getValue());
        }
    }

    @Override
    Map<String, T> read(WireReader in) throws IOException {
        int size = in.map("a map");
        if (size == 0) {
            return Map.of();
        }
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(in.text(), value.read(in));
        }
        return Collections.unmodifiableMap(map);
    }
}
