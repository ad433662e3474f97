package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A list whose elements all have one type. */
final class ListCodec<T> extends Codec<List<T>> {
    /** Room that is made before an element is there; longer lists grow as they come. */
    static final int FIRST_CAPACITY = 32;

    private final Codec<T> element;

    ListCodec(Codec<T> element) {
        this.element = element;
    }

    @Override
    String name() {
        return "list of " + element.name();
    }

    @Override
    Set<WireReader.Kind> kinds() {
        return Set.of(WireReader.Kind.LIST);
    }

    @Override
    int sizeHint(List<T> value) {
        int size = 5;
        for (T each : value) {
            size += element.sizeHint(each);
        }
        return size;
    }

    @Override
    void write(WireWriter out, List<T> value) throws IOException {
        out.list(value.size());
        for (T each : value) {
            element.write(out, each);
        }
    }

    @Override
    List<T> read(WireReader in) throws IOException {
        int size = in.list("a list");
        if (size == 0) {
            return List.of();
        }
        if (size == 1) {
            return Collections.singletonList(element.read(in));
        }
        List<T> list = new ArrayList<>(size < 0 ? FIRST_CAPACITY : Math.min(size, FIRST_CAPACITY));
        for (int i = 0; size < 0 ? !in.skipBreak() : i < size; i++) {
            list.add(element.read(in));
        }
        return Collections.unmodifiableList(list);
    }
}
