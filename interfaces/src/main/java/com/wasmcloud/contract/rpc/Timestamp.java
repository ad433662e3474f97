package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.time.Instant;

/**
 * The two parts of a point in time as they stand on the wire: a record, except in the Rust dialect of CBOR, where one
 * simply follows the other. More than a second of nanoseconds is allowed there.
 */
record Timestamp(long seconds, long nanos) {
    private static final Codec<Timestamp> CODEC = Codec.record("Timestamp", fields -> {
        var seconds = fields.required("sec", Codec.I64, Timestamp::seconds);
        var nanos = fields.required("nsec", Codec.U32, Timestamp::nanos);
        return in -> new Timestamp(in.get(seconds), in.get(nanos));
    });

    static void write(WireWriter out, Instant value) throws IOException {
        Timestamp parts = new Timestamp(value.getEpochSecond(), value.getNano());
        if (out.timestampIsMap()) {
            CODEC.write(out, parts);
        } else {
            Codec.I64.write(out, parts.seconds);
            Codec.U32.write(out, parts.nanos);
        }
    }

    static Instant read(WireReader in) throws IOException {
        if (in.allowsTimestampPair() && in.peek() == WireReader.Kind.INTEGER) {
            return new Timestamp(Codec.I64.read(in), Codec.U32.read(in)).instant();
        }
        return CODEC.read(in).instant();
    }

    private Instant instant() {
        long carried = nanos / 1_000_000_000;
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond() - carried) {
            throw WireException.outOfRange("a timestamp");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
