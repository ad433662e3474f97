package com.wasmcloud.contract.rpc;

import java.util.Optional;

/** A record with a field of each kind, for tests. */
record SampleReply(Bytes msg, String id, Optional<String> error, Optional<Long> length) {
    static final Codec<SampleReply> CODEC = Codec.record("SampleReply", fields -> {
        var msg = fields.withDefault("msg", Codec.BYTES, Bytes.EMPTY, SampleReply::msg);
        var id = fields.withDefault("id", Codec.STRING, "", SampleReply::id);
        var error = fields.optional("error", Codec.STRING, SampleReply::error);
        var length = fields.optional("length", Codec.U64, SampleReply::length);
        return in -> new SampleReply(in.get(msg), in.get(id), in.get(error), in.get(length));
    });

    static SampleReply of(String msg, String id) {
        return new SampleReply(Golden.hex(msg), id, Optional.empty(), Optional.empty());
    }

    SampleReply withError(String text) {
        return new SampleReply(msg, id, Optional.of(text), length);
    }

    SampleReply withLength(long size) {
        return new SampleReply(msg, id, error, Optional.of(size));
    }
}
