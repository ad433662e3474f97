package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.regex.Pattern;

/** The name of a file: one that every store can keep, and that is no path anywhere. */
record FileName(String text) {
    private static final int LONGEST = 200;
    private static final Pattern UNUSABLE = Pattern.compile("^\\.|[/\\\\\\p{Cntrl}]");

    /**
     * A name as it stands in a path.
     *
     * @throws Refusal when it is no name of a file
     */
    static FileName of(String encoded) {
        String text = Requests.decoded(encoded);
        if (Bytes.utf8(text).size() > LONGEST || UNUSABLE.matcher(text).find()) {
            throw new Refusal(
                    400,
                    "the name of a file has at most %d bytes, no slash, backslash or control character, and no dot at"
                                    .formatted(LONGEST)
                            + " its beginning");
        }
        return new FileName(text);
    }
}
