package com.wasmcloud.httpserver.settings;

/** What the name and the value of a header may consist of (RFC 9110, section 5). */
public final class FieldSyntax {
    private FieldSyntax() {}

    /** Whether a text, in lower case, can be the name of a header. */
    public static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isBetween('a', c, 'z') && !isBetween('0', c, '9') && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether a text can be the value of a header and is ASCII. */
    public static boolean isVisibleAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether a text whose characters are one byte each can be the value of a header: no line breaks or other controls. */
    public static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(char first, char c, char last) {
        return first <= c && c <= last;
    }
}
