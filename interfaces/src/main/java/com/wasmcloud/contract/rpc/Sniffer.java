package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.util.Set;
import org.msgpack.core.MessagePackException;

/**
 * Finds the encoding of an argument by its first byte.
 *
 * <p>{@code 7f} begins CBOR of the Rust dialect and {@code c1} MessagePack. Without such a prefix the byte is read both
 * as MessagePack and as CBOR, and what the operation takes decides: {@code a2} begins a text in MessagePack and a map
 * in CBOR, so it is CBOR where a record is due and MessagePack where a name is. Where both would do (a list, or a
 * record that may also be a bare name), it is MessagePack if the bytes are exactly one MessagePack value: a text of
 * <i>n</i> bytes is shorter than a map of <i>n</i> pairs, and a list of texts does not end where the other reading
 * would have it end.
 */
final class Sniffer {
    private static final int MSGPACK_PREFIX = 0xc1;
    private static final int MSGPACK_NIL = 0xc0;

    private Sniffer() {}

    static Encoding encodingOf(Codec<?> argument, Bytes bytes, Encoding last) {
        if (bytes.isEmpty()) {
            return last;
        }
        int first = bytes.at(0);
        if (first == CborWriter.PREFIX && bytes.size() > 1) {
            return Encoding.CBOR;
        }
        if (argument == Codec.UNIT) {
            return last;
        }
        if (first == MSGPACK_PREFIX) {
            return Encoding.MSGPACK;
        }
        return unprefixed(argument.kinds(), bytes);
    }

    /** The argument without the prefix that says MessagePack. */
    static Bytes withoutPrefix(Bytes bytes, Encoding encoding) {
        return encoding == Encoding.MSGPACK && bytes.size() > 1 && bytes.at(0) == MSGPACK_PREFIX
                ? Bytes.wrap(bytes.array(), bytes.offset() + 1, bytes.size() - 1)
                : bytes;
    }

    private static Encoding unprefixed(Set<WireReader.Kind> wanted, Bytes bytes) {
        try {
            boolean msgpack = wanted.contains(new MsgpackReader(bytes).peek());
            boolean cbor = wanted.contains(new CborReader(bytes, 0).peek());
            if (cbor && !(msgpack && isOneMsgpackValue(bytes))) {
                return Encoding.CBOR_MAP;
            }
        } catch (IOException e) {
            throw new AssertionError("reading from memory failed", e);
        }
        int first = bytes.at(0);
        if (bytes.size() > 1 && (first < CborWriter.PREFIX || first == MSGPACK_NIL)) {
            throw RpcException.malformed("invalid encoding");
        }
        return Encoding.MSGPACK;
    }

    private static boolean isOneMsgpackValue(Bytes bytes) {
        try {
            MsgpackReader reader = new MsgpackReader(bytes);
            reader.skip();
            return reader.remaining() == 0;
        } catch (WireException | MessagePackException | IOException e) {
            return false;
        }
    }
}
