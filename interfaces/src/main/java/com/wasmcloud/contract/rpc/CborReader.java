package com.wasmcloud.contract.rpc;

/**
 * CBOR of either dialect: text, bytes and maps with definite lengths only, as the reference decoder; lists without a
 * length are taken too.
 */
final class CborReader extends WireReader {
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;

    private int position;

    CborReader(Bytes message, int from) {
        super(message.array(), message.offset() + message.size());
        position = message.offset() + from;
    }

    @Override
    int position() {
        return position;
    }

    @Override
    Kind peek() {
        int first = first();
        return switch (first >> 5) {
            case 0, 1 -> Kind.INTEGER;
            case 2 -> Kind.BYTES;
            case 3 -> Kind.TEXT;
            case 4 -> Kind.LIST;
            case 5 -> Kind.MAP;
            case 6 -> Kind.OTHER;
            default ->
                switch (first & 31) {
                    case 20, 21 -> Kind.BOOL;
                    case 22, 23 -> Kind.NIL;
                    case 25, 26, 27 -> Kind.FLOAT;
                    default -> Kind.OTHER;
                };
        };
    }

    @Override
    boolean skipNil() {
        if (peek() != Kind.NIL) {
            return false;
        }
        position++;
        return true;
    }

    @Override
    boolean bool() {
        if (peek() != Kind.BOOL) {
            throw WireException.expected("a boolean", peek().text());
        }
        return (array[position++] & 1) == 1;
    }

    @Override
    long signed(String type, long min, long max) {
        boolean negative = first() >> 5 == 1;
        long argument = integer(type);
        long value = negative ? -1 - argument : argument;
        if (argument < 0 || value < min || value > max) {
            throw WireException.outOfRange(type);
        }
        return value;
    }

    @Override
    long unsigned(String type) {
        if (first() >> 5 == 1) {
            throw WireException.outOfRange(type);
        }
        return integer(type);
    }

    @Override
    Bytes bytes() {
        int size = definite(Kind.BYTES, "bytes", 1);
        Bytes bytes = Bytes.wrap(array, position, size);
        position += size;
        return bytes;
    }

    @Override
    void scanText(String wanted) {
        int size = definite(Kind.TEXT, wanted, 1);
        foundText(position, size);
        position += size;
    }

    @Override
    int list(String wanted) {
        if (peek() == Kind.LIST && (first() & 31) == INDEFINITE) {
            position++;
            return -1;
        }
        return definite(Kind.LIST, wanted, 1);
    }

    @Override
    int map(String wanted) {
        return definite(Kind.MAP, wanted, 2);
    }

    @Override
    boolean skipBreak() {
        if (first() != BREAK) {
            return false;
        }
        position++;
        return true;
    }

    @Override
    boolean allowsExtraElements() {
        return true;
    }

    @Override
    boolean allowsTimestampPair() {
        return true;
    }

    @Override
    void skip(int depth) {
        checkDepth(depth);
        int first = first();
        int major = first >> 5;
        if ((first & 31) == INDEFINITE) {
            skipIndefinite(major, depth);
            return;
        }
        long argument = head();
        switch (major) {
            case 2, 3 -> position += checkCount(argument, 1);
            case 4 -> skip(checkCount(argument, 1), depth);
            case 5 -> skip(2 * checkCount(argument, 2), depth);
            case 6 -> skip(1, depth);
            default -> {}
        }
    }

    private void skip(int values, int depth) {
        for (int i = 0; i < values; i++) {
            skip(depth + 1);
        }
    }

    private void skipIndefinite(int major, int depth) {
        if (major < 2 || major > 5) {
            throw new WireException("a length of no known form");
        }
        position++;
        int values = 0;
        while (!skipBreak()) {
            boolean chunk = first() >> 5 == major && (first() & 31) != INDEFINITE;
            if (major <= 3 && !chunk) {
                throw new WireException("a piece of another type in the middle of a value");
            }
            skip(depth + 1);
            values++;
        }
        if (major == 5 && values % 2 == 1) {
            throw new WireException("a map whose last key has no value");
        }
    }

    private int first() {
        if (position >= end) {
            throw WireException.truncated();
        }
        return array[position] & 0xff;
    }

    private long integer(String type) {
        if (peek() != Kind.INTEGER) {
            throw WireException.expected(type, peek().text());
        }
        return head();
    }

    private int definite(Kind kind, String wanted, int bytesEach) {
        if (peek() != kind) {
            throw WireException.expected(wanted, peek().text());
        }
        if ((first() & 31) == INDEFINITE) {
            throw new WireException("expected " + wanted + ", found " + kind.text() + " without a length");
        }
        return checkCount(head(), bytesEach);
    }

    /** Moves past the head of a value and gives the number in it, all 64 bits of it. */
    private long head() {
        int info = first() & 31;
        if (info > 27) {
            throw new WireException("a length of no known form");
        }
        position++;
        if (info < 24) {
            return info;
        }
        int size = 1 << (info - 24);
        if (size > end - position) {
            throw WireException.truncated();
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << 8) | (array[position++] & 0xff);
        }
        return value;
    }
}
