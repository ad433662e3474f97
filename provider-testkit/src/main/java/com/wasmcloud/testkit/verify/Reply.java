package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import org.jspecify.annotations.Nullable;

/** What a provider has replied: a result, or an error text. */
record Reply(@Nullable Bytes result, String error) {
    private static final int SHOWN = 64;

    static Reply of(Bytes result) {
        return new Reply(result, "");
    }

    static Reply error(String text) {
        return new Reply(null, text);
    }

    boolean isError() {
        return result == null;
    }

    @Override
    public String toString() {
        if (result == null) {
            return "the error '" + error + "'";
        }
        String hex = result.size() <= SHOWN
                ? result.toHex()
                : Bytes.wrap(result.array(), result.offset(), SHOWN).toHex() + "…";
        return "a result of %d bytes%s".formatted(result.size(), result.isEmpty() ? "" : ": " + hex);
    }
}
