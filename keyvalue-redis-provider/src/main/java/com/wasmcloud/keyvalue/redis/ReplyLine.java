package com.wasmcloud.keyvalue.redis;

import io.netty.buffer.ByteBuf;

/**
 * The line at the beginning of an element of an answer, such as {@code $5} before a string of five bytes; it may arrive
 * in pieces. Used by one thread.
 */
final class ReplyLine {
    private static final int LONGEST_NUMBER = 24;
    private static final int LONGEST_TEXT = 64 * 1024;

    private enum State {
        NOT_BEGUN,
        BEGUN,
        COMPLETE,
        BROKEN
    }

    private State state = State.NOT_BEGUN;
    private byte type;
    private long number;
    private int length;

    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Whether this is nothing that Redis sends. */
    boolean isBroken() {
        return state == State.BROKEN;
    }

    /** Whether it has begun and may become that of a large string. */
    boolean isHeldBack() {
        return state == State.BEGUN && isString();
    }

    boolean isString() {
        return type == '$';
    }

    boolean isArray() {
        return type == '*';
    }

    /** The bytes of a string or the elements of an array that follow; negative when there is none. */
    long number() {
        return number;
    }

    /** The line of a string. */
    String text() {
        return "$" + number + "\r\n";
    }

    void clear() {
        state = State.NOT_BEGUN;
        number = 0;
        length = 0;
    }

    /** Reads on, and gives the index after the last byte that belongs to the line. */
    int read(ByteBuf bytes, int from, int end) {
        int at = from;
        if (state == State.NOT_BEGUN) {
            type = bytes.getByte(at++);
            state = State.BEGUN;
        }
        return switch (type) {
            case '$', '*' -> readNumber(bytes, at, end);
            case '+', '-', ':' -> readText(bytes, at, end);
            default -> broken(at);
        };
    }

    private int readNumber(ByteBuf bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte next = bytes.getByte(at);
            if (next == '\n') {
                state = State.COMPLETE;
                return at + 1;
            }
            if (next == '-') {
                number = -1;
            } else if (next >= '0' && next <= '9') {
                number = number < 0 ? number : number * 10 + (next - '0');
            } else if (next != '\r') {
                return broken(at);
            }
            if (++length > LONGEST_NUMBER || number > Integer.MAX_VALUE - Long.BYTES) {
                return broken(at);
            }
        }
        return end;
    }

    private int readText(ByteBuf bytes, int from, int end) {
        int lineEnd = bytes.indexOf(from, end, (byte) '\n');
        if (lineEnd >= 0) {
            state = State.COMPLETE;
            return lineEnd + 1;
        }
        length += end - from;
        return length > LONGEST_TEXT ? broken(end) : end;
    }

    private int broken(int at) {
        state = State.BROKEN;
        return at;
    }
}
