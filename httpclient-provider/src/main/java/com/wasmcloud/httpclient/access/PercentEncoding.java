package com.wasmcloud.httpclient.access;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent encoding in URLs. */
final class PercentEncoding {
    private PercentEncoding() {}

    /** Encodes, in UTF-8, all that is not visible ASCII, and some characters besides. */
    static String encode(String text, String besides) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            if (codePoint > ' ' && codePoint < 0x7f && besides.indexOf(codePoint) < 0) {
                encoded.append((char) codePoint);
            } else {
                for (byte each : text.substring(at, next).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", each));
                }
            }
            at = next;
        }
        return encoded.toString();
    }

    /** Decodes to UTF-8; a percent sign that encodes nothing stays. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] == '%' && i + 2 < bytes.length ? value(bytes[i + 1], bytes[i + 2]) : -1;
            decoded.write(value < 0 ? bytes[i] : value);
            i += value < 0 ? 0 : 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static int value(byte high, byte low) {
        int first = Character.digit(high, 16);
        int second = Character.digit(low, 16);
        return first < 0 || second < 0 ? -1 : 16 * first + second;
    }
}
