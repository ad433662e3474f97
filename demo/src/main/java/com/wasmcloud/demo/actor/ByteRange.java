package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that is asked for.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, which belongs to it
 */
record ByteRange(long first, long last) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,15})-(\\d{1,15})");

    /**
     * What {@code Range} says; empty without that header, and when it is of a form that this actor ignores, as it may: the
     * answer is the whole file then.
     *
     * @throws Refusal when more is asked for than one response can carry
     */
    static Optional<ByteRange> of(HttpRequest request) {
        Matcher range = RANGE.matcher(Requests.header(request, "range").orElse(""));
        if (!range.matches()) {
            return Optional.empty();
        }
        ByteRange wanted = new ByteRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
        if (wanted.last < wanted.first) {
            return Optional.empty();
        }
        if (wanted.last - wanted.first >= FileStore.LARGEST_AT_ONCE) {
            throw new Refusal(
                    416,
                    "a range has at most %d bytes here; ask for more of them".formatted(FileStore.LARGEST_AT_ONCE));
        }
        return Optional.of(wanted);
    }
}
