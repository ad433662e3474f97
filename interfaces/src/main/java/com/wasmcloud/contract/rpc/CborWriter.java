package com.wasmcloud.contract.rpc;

import java.nio.charset.StandardCharsets;

/**
 * CBOR in its shortest form and with definite lengths: in the Rust dialect (prefix, records as arrays, timestamps as
 * two items in one place), or in TinyGo's (no prefix, maps everywhere).
 */
final class CborWriter extends WireWriter {
    static final int PREFIX = 0x7f;

    private final WireBuffer buffer;
    private final boolean positional;

    CborWriter(WireBuffer buffer, boolean positional) {
        this.buffer = buffer;
        this.positional = positional;
        if (positional) {
            buffer.put(PREFIX);
        }
    }

    @Override
    boolean positional() {
        return positional;
    }

    @Override
    boolean timestampIsMap() {
        return !positional;
    }

    @Override
    void nil() {
        buffer.put(0xf6);
    }

    @Override
    void bool(boolean value) {
        buffer.put(value ? 0xf5 : 0xf4);
    }

    @Override
    void signed(long value) {
        if (value >= 0) {
            head(0, value);
        } else {
            head(1, -1 - value);
        }
    }

    @Override
    void unsigned(long value) {
        head(0, value);
    }

    @Override
    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(3, utf8.length);
        buffer.put(utf8);
    }

    @Override
    void bytes(Bytes value) {
        head(2, value.size());
        buffer.write(value.array(), value.offset(), value.size());
    }

    @Override
    void list(int size) {
        head(4, size);
    }

    @Override
    void map(int size) {
        head(5, size);
    }

    @Override
    void name(FieldName name) {
        buffer.put(name.cbor);
    }

    @Override
    Bytes finish() {
        return buffer.toBytes();
    }

    private void head(int major, long argument) {
        int type = major << 5;
        if (argument >= 0 && argument < 24) {
            buffer.put(type | (int) argument);
        } else if (argument >>> 8 == 0) {
            bigEndian(type | 24, argument, 1);
        } else if (argument >>> 16 == 0) {
            bigEndian(type | 25, argument, 2);
        } else if (argument >>> 32 == 0) {
            bigEndian(type | 26, argument, 4);
        } else {
            bigEndian(type | 27, argument, 8);
        }
    }

    private void bigEndian(int first, long value, int bytes) {
        buffer.put(first);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            buffer.put((int) (value >>> shift));
        }
    }
}
