package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file the body of a request is.
 *
 * @param first offset of its first byte
 * @param last offset of its last byte
 * @param total bytes of the whole file
 */
record Piece(long first, long last, long total) {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,15})-(\\d{1,15})/(\\d{1,15})");

    /**
     * What {@code Content-Range} says; empty without that header.
     *
     * @throws Refusal when it does not fit the body, or the file would be too large
     */
    static Optional<Piece> of(HttpRequest request) {
        return Requests.header(request, "content-range")
                .map(text -> parse(text, request.body().size()));
    }

    private static Piece parse(String text, int size) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new Refusal(400, "Content-Range must be 'bytes FIRST-LAST/TOTAL', with numbers only");
        }
        Piece piece = new Piece(
                Long.parseLong(range.group(1)), Long.parseLong(range.group(2)), Long.parseLong(range.group(3)));
        if (piece.last - piece.first + 1 != size || piece.last >= piece.total) {
            throw new Refusal(400, "Content-Range names other bytes than the %d that were sent".formatted(size));
        }
        if (piece.total > FileStore.LARGEST_IN_PIECES) {
            throw new Refusal(413, "a file has at most %d bytes here".formatted(FileStore.LARGEST_IN_PIECES));
        }
        return piece;
    }

    boolean isFirst() {
        return first == 0;
    }

    boolean isLast() {
        return last == total - 1;
    }
}
