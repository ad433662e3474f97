package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The name of a field, encoded once and for all. Immutable, as nobody writes into the arrays. */
final class FieldName {
    final String text;
    final byte[] utf8;
    /** With its header, ready to be copied out. */
    final byte[] msgpack;
    /** With its header, ready to be copied out. */
    final byte[] cbor;

    FieldName(String text) {
        this.text = text;
        utf8 = text.getBytes(StandardCharsets.UTF_8);
        msgpack = encode(new MsgpackWriter(utf8.length + 5));
        cbor = encode(new CborWriter(utf8.length + 5, false));
    }

    private byte[] encode(WireWriter out) {
        try {
            out.text(text);
            return out.finish().toByteArray();
        } catch (IOException e) {
            throw new AssertionError("writing into memory failed", e);
        }
    }
}
