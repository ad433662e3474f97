package com.wasmcloud.contract.rpc;

/** The ways a value is put into bytes on the wire of protocol 2, the one that wasmCloud contracts use. */
public enum Encoding {
    /** MessagePack, records as maps with field names, no prefix. What nearly every contract and actor uses. */
    MSGPACK,
    /** The byte {@code 7f}, then CBOR with records as arrays in field order. Older blobstore actors in Rust. */
    CBOR,
    /** CBOR with records as maps with field names and no prefix. Actors built with TinyGo. */
    CBOR_MAP
}
