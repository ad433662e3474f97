package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A record: a map by field names, or an array in field order; both are read, the encoding chooses which is written. */
final class RecordCodec<R> extends Codec<R> {
    private final String name;
    private final Function<Values, R> make;
    private final Field<R, ?>[] fields;
    private final FieldName[] names;
    private final int namesSize;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no generic arrays
    RecordCodec(String name, List<Field<R, ?>> fields, Function<Values, R> make) {
        this.name = name;
        this.make = make;
        this.fields = fields.toArray(new Field[0]);
        this.names = new FieldName[fields.size()];
        int size = 0;
        for (int i = 0; i < names.length; i++) {
            names[i] = this.fields[i].name();
            size += names[i].cbor.length;
        }
        namesSize = size;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Set<WireReader.Kind> kinds() {
        return Set.of(WireReader.Kind.MAP);
    }

    @Override
    int sizeHint(R value) {
        int size = 1 + namesSize;
        for (Field<R, ?> field : fields) {
            size += sizeHint(field, value);
        }
        return size;
    }

    @Override
    void write(WireWriter out, R value) throws IOException {
        if (out.positional()) {
            out.list(fields.length);
            for (Field<R, ?> field : fields) {
                write(out, field, value);
            }
            return;
        }
        int present = 0;
        for (Field<R, ?> field : fields) {
            present += isLeftOut(field, value) ? 0 : 1;
        }
        out.map(present);
        for (Field<R, ?> field : fields) {
            if (!isLeftOut(field, value)) {
                out.name(field.name());
                write(out, field, value);
            }
        }
    }

    @Override
    R read(WireReader in) throws IOException {
        Values values = new Values(fields.length);
        if (in.peek() == WireReader.Kind.LIST) {
            readList(in, values);
        } else {
            readMap(in, values);
        }
        for (int i = 0; i < fields.length; i++) {
            if (!values.has(i)) {
                values.set(i, absent(i));
            }
        }
        return make.apply(values);
    }

    private void readMap(WireReader in, Values values) throws IOException {
        int pairs = in.map("a map or a list");
        int next = 0;
        for (int i = 0; i < pairs; i++) {
            int index = in.field(names, next);
            if (index < 0) {
                in.skip();
                continue;
            }
            if (values.has(index)) {
                throw new WireException("duplicate field `" + names[index].text + "`");
            }
            values.set(index, readField(in, index));
            next = index + 1;
        }
    }

    private void readList(WireReader in, Values values) throws IOException {
        int elements = in.list("a map or a list");
        if (elements < 0) {
            throw new WireException("expected a map or a list, found a list without a length");
        }
        if (elements > fields.length && !in.allowsExtraElements()) {
            throw new WireException("a list of " + elements + " elements for " + fields.length + " fields");
        }
        for (int i = 0; i < elements; i++) {
            if (i < fields.length) {
                values.set(i, readField(in, i));
            } else {
                in.skip();
            }
        }
    }

    private Object readField(WireReader in, int index) throws IOException {
        try {
            return fields[index].codec().read(in);
        } catch (WireException e) {
            throw e.in("field `" + names[index].text + "`");
        }
    }

    private Object absent(int index) {
        Object absent = fields[index].absent();
        if (absent == null) {
            throw new WireException("missing field `" + names[index].text + "`");
        }
        return absent;
    }

    private <F> int sizeHint(Field<R, F> field, R value) {
        return field.codec().sizeHint(field.of(value));
    }

    private <F> void write(WireWriter out, Field<R, F> field, R value) throws IOException {
        field.codec().write(out, field.of(value));
    }

    private <F> boolean isLeftOut(Field<R, F> field, R value) {
        return field.codec().isLeftOut(field.of(value));
    }
}
