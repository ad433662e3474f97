package com.wasmcloud.contract.rpc;

/** The name of a field, encoded once and for all. Immutable, as nobody writes into the arrays. */
final class FieldName {
    final String text;
    final byte[] utf8;
    /** With its header, ready to be copied out. */
    final byte[] msgpack;
    /** With its header, ready to be copied out. */
    final byte[] cbor;

    FieldName(String text, byte[] utf8, byte[] msgpack, byte[] cbor) {
        this.text = text;
        this.utf8 = utf8;
        this.msgpack = msgpack;
        this.cbor = cbor;
    }
}
