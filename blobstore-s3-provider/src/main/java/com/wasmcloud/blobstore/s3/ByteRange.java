package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.GetObjectRequest;
import java.util.Optional;

/**
 * What part of an object is asked for. An immutable value; the bounds are unsigned.
 *
 * @param first first byte
 * @param last last byte, which belongs to it; the last of the object when empty
 */
record ByteRange(long first, Optional<Long> last) {
    static ByteRange of(GetObjectRequest request) {
        // no object reaches so far that the sign bit counts, and there are hosts that say u64 maximum for the end
        return new ByteRange(request.rangeStart().orElse(0L), request.rangeEnd().filter(end -> end >= 0));
    }

    boolean isWhole() {
        return first == 0 && last.isEmpty();
    }

    /** Whether no object has anything in it. */
    boolean isEmpty() {
        return first < 0 || last.filter(end -> end < first).isPresent();
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
