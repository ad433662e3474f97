package com.wasmcloud.httpclient;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import java.nio.charset.StandardCharsets;

/** Names and values of headers, in which a character is one byte on the wire and UTF-8 to actors. */
final class HeaderText {
    private static final int VALID = -1;

    private HeaderText() {}

    /** Whether a text can be a method or the name of a header. */
    static boolean isToken(String text) {
        return !text.isEmpty() && HttpHeaderValidationUtil.validateToken(text) == VALID;
    }

    /** Whether a text, as it will be on the wire, can be the value of a header. */
    static boolean isValue(String wire) {
        return HttpHeaderValidationUtil.validateValidHeaderValue(wire) == VALID;
    }

    /** What an actor's text is on the wire. */
    static String toWire(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** What an actor gets of a text from the wire; what is not UTF-8 in it is replaced. */
    static String fromWire(String wire) {
        return isAscii(wire) ? wire : new String(wire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(each -> each < 0x80);
    }
}
