package com.wasmcloud.contract.rpc;

import java.io.IOException;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * MessagePack, as leniently as the reference decoder: integers of any width, text as binary and the other way round,
 * bytes as a list of numbers.
 */
final class MsgpackReader extends WireReader {
    private static final MessagePack.UnpackerConfig CONFIG = new MessagePack.UnpackerConfig();

    private final MessageUnpacker unpacker;
    private final int start;

    MsgpackReader(Bytes message) {
        super(message.array(), message.offset() + message.size());
        start = message.offset();
        unpacker = CONFIG.newUnpacker(message.array(), start, message.size());
    }

    @Override
    int position() {
        return start + (int) unpacker.getTotalReadBytes();
    }

    @Override
    Kind peek() throws IOException {
        return switch (format()) {
            case NIL -> Kind.NIL;
            case BOOLEAN -> Kind.BOOL;
            case POSFIXINT, NEGFIXINT, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> Kind.INTEGER;
            case FLOAT32, FLOAT64 -> Kind.FLOAT;
            case FIXSTR, STR8, STR16, STR32 -> Kind.TEXT;
            case BIN8, BIN16, BIN32 -> Kind.BYTES;
            case FIXARRAY, ARRAY16, ARRAY32 -> Kind.LIST;
            case FIXMAP, MAP16, MAP32 -> Kind.MAP;
            default -> Kind.OTHER;
        };
    }

    @Override
    boolean skipNil() throws IOException {
        if (format() != MessageFormat.NIL) {
            return false;
        }
        unpacker.unpackNil();
        return true;
    }

    @Override
    boolean bool() throws IOException {
        if (format() != MessageFormat.BOOLEAN) {
            throw WireException.expected("a boolean", peek().text());
        }
        return unpacker.unpackBoolean();
    }

    @Override
    long signed(String type, long min, long max) throws IOException {
        if (peek() != Kind.INTEGER) {
            throw WireException.expected(type, peek().text());
        }
        if (aboveSigned()) {
            throw WireException.outOfRange(type);
        }
        long value = unpacker.unpackLong();
        if (value < min || value > max) {
            throw WireException.outOfRange(type);
        }
        return value;
    }

    @Override
    long unsigned(String type) throws IOException {
        if (peek() == Kind.INTEGER && aboveSigned()) {
            return unpacker.unpackBigInteger().longValue();
        }
        return signed(type, 0, Long.MAX_VALUE);
    }

    @Override
    Bytes bytes() throws IOException {
        if (peek() == Kind.LIST) {
            return numbers();
        }
        int size = binaryHeader("bytes");
        Bytes bytes = Bytes.wrap(array, position(), size);
        advance(size);
        return bytes;
    }

    @Override
    void scanText(String wanted) throws IOException {
        int size = binaryHeader(wanted);
        foundText(position(), size);
        advance(size);
    }

    @Override
    int list(String wanted) throws IOException {
        if (peek() != Kind.LIST) {
            throw WireException.expected(wanted, peek().text());
        }
        return checkCount(unpacker.unpackArrayHeader(), 1);
    }

    @Override
    int map(String wanted) throws IOException {
        if (peek() != Kind.MAP) {
            throw WireException.expected(wanted, peek().text());
        }
        return checkCount(unpacker.unpackMapHeader(), 2);
    }

    @Override
    boolean skipBreak() {
        return false;
    }

    @Override
    boolean allowsExtraElements() {
        return false;
    }

    @Override
    boolean allowsTimestampPair() {
        return false;
    }

    @Override
    void skip(int depth) throws IOException {
        Kind kind = peek();
        if (kind != Kind.LIST && kind != Kind.MAP) {
            unpacker.skipValue();
            return;
        }
        checkDepth(depth);
        int values = kind == Kind.LIST ? list("a list") : 2 * map("a map");
        for (int i = 0; i < values; i++) {
            skip(depth + 1);
        }
    }

    private MessageFormat format() throws IOException {
        if (position() >= end) {
            throw WireException.truncated();
        }
        return unpacker.getNextFormat();
    }

    /** Whether the next integer is one of those that only fit into 64 bits without a sign. */
    private boolean aboveSigned() throws IOException {
        return format() == MessageFormat.UINT64 && remaining() > 1 && array[position() + 1] < 0;
    }

    /** Length of a text or binary value that is there in full. */
    private int binaryHeader(String wanted) throws IOException {
        Kind kind = peek();
        if (kind != Kind.TEXT && kind != Kind.BYTES) {
            throw WireException.expected(wanted, kind.text());
        }
        return checkCount(unpacker.unpackRawStringHeader(), 1);
    }

    private Bytes numbers() throws IOException {
        byte[] bytes = new byte[list("bytes")];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) signed("a byte", 0, 255);
        }
        return Bytes.wrap(bytes);
    }

    private void advance(int size) throws IOException {
        unpacker.readPayloadAsReference(size);
    }
}
