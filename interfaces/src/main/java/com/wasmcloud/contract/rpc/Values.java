package com.wasmcloud.contract.rpc;

import org.jspecify.annotations.Nullable;

/** The values of a record's fields while one is being read. Used by one thread. */
public final class Values {
    private final @Nullable Object[] values;

    Values(int fields) {
        values = new Object[fields];
    }

    /** The value of one of the record's own fields. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the field's codec made it, and every place is filled by then
    public <F> F get(Field<?, F> field) {
        return (F) values[field.index()];
    }

    boolean has(int index) {
        return values[index] != null;
    }

    void set(int index, Object value) {
        values[index] = value;
    }
}
