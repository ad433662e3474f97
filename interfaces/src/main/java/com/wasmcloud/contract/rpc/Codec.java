package com.wasmcloud.contract.rpc;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How values of one type are written and read, in each {@link Encoding}: one description, every wire form.
 *
 * <p>Immutable and thread-safe.
 */
public abstract class Codec<T> {
    /** No value: zero bytes; whatever stands there when reading is ignored. */
    public static final Codec<Void> UNIT = todo();

    public static final Codec<Boolean> BOOL = todo();
    /** Text; strict UTF-8 when reading. */
    public static final Codec<String> STRING = todo();

    public static final Codec<Bytes> BYTES = todo();
    public static final Codec<Integer> U16 = todo();
    public static final Codec<Integer> I32 = todo();
    public static final Codec<Long> U32 = todo();
    public static final Codec<Long> I64 = todo();
    /** All 64 bits of an unsigned number in a long; compare with {@link Long#compareUnsigned}. */
    public static final Codec<Long> U64 = todo();
    /** Seconds and nanoseconds since 1970: a map in MessagePack, two items in one place in CBOR. */
    public static final Codec<Instant> TIMESTAMP = todo();

    static <T> Codec<T> todo() {
        return new Codec<>() {};
    }

    public static <T> Codec<List<T>> list(Codec<T> element) {
        throw new UnsupportedOperationException();
    }

    public static <T> Codec<Map<String, T>> map(Codec<T> value) {
        throw new UnsupportedOperationException();
    }

    /** Writes a value as a complete message. */
    public final Bytes encode(T value, Encoding encoding) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads a complete message.
     *
     * @throws RpcException with code MALFORMED
     */
    public final T decode(Bytes message, Encoding encoding) {
        throw new UnsupportedOperationException();
    }
}
