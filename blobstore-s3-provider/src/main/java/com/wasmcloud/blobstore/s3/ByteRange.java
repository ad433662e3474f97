package com.wasmcloud.blobstore.s3;

import java.util.Optional;

/**
 * What part of an object is asked for. An immutable value; the bounds are unsigned.
 *
 * @param first first byte
 * @param last last byte, which belongs to it; the last of the object when empty
 */
record ByteRange(long first, Optional<Long> last) {
    /** No object reaches so far, and not every server can count so far. */
    private static final long NOWHERE = 1L << 50;

    /** From one byte to another; an end that is out of reach, such as the u64 maximum of some hosts, is none. */
    static ByteRange of(Optional<Long> first, Optional<Long> last) {
        return new ByteRange(first.orElse(0L), last.filter(ByteRange::isInReach));
    }

    private static boolean isInReach(long position) {
        return position >= 0 && position < NOWHERE;
    }

    boolean isWhole() {
        return first == 0 && last.isEmpty();
    }

    /** Whether no object has anything in it. */
    boolean isEmpty() {
        return !isInReach(first) || last.filter(end -> end < first).isPresent();
    }

    /** How the header {@code Content-Range} of the answer begins. */
    String answer() {
        return "bytes " + first + "-";
    }

    /** The value of the header {@code Range}. */
    String header() {
        return "bytes=" + first + "-" + last.map(String::valueOf).orElse("");
    }
}
