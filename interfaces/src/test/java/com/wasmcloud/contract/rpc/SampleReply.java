package com.wasmcloud.contract.rpc;

import java.util.Optional;

/** A record with a field of each kind, for tests. */
record SampleReply(Bytes msg, String id, Optional<String> error, Optional<Long> length) {
    static final Codec<SampleReply> CODEC = Codec.record(
            "SampleReply",
            Field.of("msg", Codec.BYTES, Bytes.EMPTY, SampleReply::msg),
            Field.of("id", Codec.STRING, "", SampleReply::id),
            Field.optional("error", Codec.STRING, SampleReply::error),
            Field.optional("length", Codec.U64, SampleReply::length),
            SampleReply::new);

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
