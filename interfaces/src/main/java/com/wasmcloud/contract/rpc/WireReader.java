package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the values that both encodings have, one after the other. Used by one thread, for one message.
 *
 * <p>Believes nothing: a length counts only when that many bytes are there, and what is skipped may be nested
 * {@value #MAX_DEPTH} deep. Every complaint is a {@link WireException}.
 */
abstract class WireReader {
    /** Deeper than any contract by far, and shallow enough for any stack. */
    static final int MAX_DEPTH = 64;

    /** What the next value is, as far as codecs have to know. */
    enum Kind {
        NIL("nil"),
        BOOL("a boolean"),
        INTEGER("an integer"),
        FLOAT("a float"),
        TEXT("text"),
        BYTES("bytes"),
        LIST("a list"),
        MAP("a map"),
        OTHER("a value of another type");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    final byte[] array;
    /** Where the message ends in the array. */
    final int end;

    private int textStart;
    private int textSize;

    WireReader(byte[] array, int end) {
        this.array = array;
        this.end = end;
    }

    /** Where the next value begins in the array. */
    abstract int position();

    /** What comes next, without moving on. */
    abstract Kind peek() throws IOException;

    /** Moves past a nil when there is one. */
    abstract boolean skipNil() throws IOException;

    abstract boolean bool() throws IOException;

    /** An integer between the bounds, both included. */
    abstract long signed(String type, long min, long max) throws IOException;

    /** All 64 bits. */
    abstract long unsigned(String type) throws IOException;

    abstract Bytes bytes() throws IOException;

    /** Number of elements, all of them at least a byte and together no more than what is left; negative means until {@link #skipBreak}. */
    abstract int list(String wanted) throws IOException;

    /** Number of pairs, all of them at least two bytes and together no more than what is left. */
    abstract int map(String wanted) throws IOException;

    /** Moves past the end mark of a list without a length when there is one. */
    abstract boolean skipBreak() throws IOException;

    /** Moves past text and notes where it stands. */
    abstract void scanText(String wanted) throws IOException;

    /** Moves past one value, whatever it is. */
    abstract void skip(int depth) throws IOException;

    /** Whether a record may have more elements in its array form than fields. */
    abstract boolean allowsExtraElements();

    /** Whether the two parts of a timestamp may stand one after the other where one value is due. */
    abstract boolean allowsTimestampPair();

    final void skip() throws IOException {
        skip(0);
    }

    final int remaining() {
        return end - position();
    }

    final String text() throws IOException {
        scanText("text");
        return utf8(textStart, textSize);
    }

    /** Text of whatever bytes: those that are not UTF-8 become U+FFFD. */
    final String lenientText() throws IOException {
        scanText("text");
        return new String(array, textStart, textSize, StandardCharsets.UTF_8);
    }

    /** Reads the name of a field: its index, or -1 for one that is not known. */
    final int field(FieldName[] names, int expected) throws IOException {
        scanText("a field name");
        if (expected < names.length && isText(names[expected])) {
            return expected;
        }
        for (int i = 0; i < names.length; i++) {
            if (isText(names[i])) {
                return i;
            }
        }
        return -1;
    }

    final void foundText(int start, int size) {
        textStart = start;
        textSize = size;
    }

    final void checkDepth(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new WireException("values are nested more than " + MAX_DEPTH + " deep");
        }
    }

    /** A count that says how many elements follow, each of a byte at least. */
    final int checkCount(long count, int bytesEach) {
        if (count < 0 || count > remaining() / bytesEach) {
            throw WireException.truncated();
        }
        return (int) count;
    }

    private boolean isText(FieldName name) {
        byte[] utf8 = name.utf8;
        return utf8.length == textSize && Arrays.equals(utf8, 0, textSize, array, textStart, textStart + textSize);
    }

    private String utf8(int start, int size) {
        String text = new String(array, start, size, StandardCharsets.UTF_8);
        // The lenient decoder is the fast one and marks what it could not read; only then is a second look needed.
        if (text.indexOf('\ufffd') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array, start, size));
            } catch (CharacterCodingException e) {
                throw new WireException("expected text, found bytes that are not UTF-8");
            }
        }
        return text;
    }
}
