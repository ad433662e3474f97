package com.wasmcloud.contract.rpc;

import java.io.IOException;

/** Writes the values that both encodings have, one after the other. Used by one thread, for one message. */
abstract class WireWriter {
    /** Whether records are arrays in field order rather than maps. */
    boolean positional() {
        return false;
    }

    abstract void nil() throws IOException;

    abstract void bool(boolean value) throws IOException;

    abstract void signed(long value) throws IOException;

    /** All 64 bits count. */
    abstract void unsigned(long value) throws IOException;

    abstract void text(String value) throws IOException;

    abstract void bytes(Bytes value) throws IOException;

    abstract void list(int size) throws IOException;

    abstract void map(int size) throws IOException;

    abstract void name(FieldName name) throws IOException;

    /** Whether a timestamp is a map of its two parts, rather than the two parts one after the other. */
    boolean timestampIsMap() {
        return true;
    }

    abstract Bytes finish() throws IOException;
}
