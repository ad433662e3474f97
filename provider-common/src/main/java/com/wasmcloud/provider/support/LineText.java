package com.wasmcloud.provider.support;

/**
 * Text that nobody vouches for, in one line of a log: whatever could end the line, steer a terminal or change the order
 * of what is shown is written as an escape. That is all control characters, the line and paragraph separators of Unicode,
 * invisible formatting characters such as those that turn the direction of writing, and halves of characters.
 *
 * <p>Stateless; every thread may use it.
 */
public final class LineText {
    private static final String SCHEME_END = "://";
    private static final char ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final char ZERO_WIDTH_JOINER = 0x200d;

    private LineText() {}

    /** The text with escapes: {@code \n}, {@code \r}, {@code \t}, and {@code \}{@code u{1b}} for the others. */
    public static String escaped(String text) {
        int at = firstUnsafe(text, 0);
        if (at == text.length()) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        int copied = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            line.append(text, copied, at);
            switch (codePoint) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default ->
                    line.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
            }
            copied = at + Character.charCount(codePoint);
            at = firstUnsafe(text, copied);
        }
        return line.append(text, copied, text.length()).toString();
    }

    /** JSON in one line with the same characters, which can only stand in its strings, as escapes of JSON. */
    public static String escapedJson(String json) {
        int at = firstUnsafe(json, 0);
        if (at == json.length()) {
            return json;
        }
        StringBuilder line = new StringBuilder(json.length() + 16);
        int copied = 0;
        while (at < json.length()) {
            int end = at + Character.charCount(json.codePointAt(at));
            line.append(json, copied, at);
            for (int unit = at; unit < end; unit++) {
                line.append(String.format("\\u%04x", (int) json.charAt(unit)));
            }
            copied = end;
            at = firstUnsafe(json, copied);
        }
        return line.append(json, copied, json.length()).toString();
    }

    /**
     * The text without the user and password that a URL in it may hold. A password may have any character in it, an at
     * sign too: when in doubt, rather more than less is taken away.
     */
    public static String withoutCredentials(String text) {
        int scheme = text.indexOf(SCHEME_END);
        if (scheme < 0 || text.indexOf('@', scheme) < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int copied = 0;
        while (scheme >= 0) {
            int begin = scheme + SCHEME_END.length();
            int end = begin;
            int at = -1;
            while (end < text.length() && !isUrlEnd(text.charAt(end))) {
                at = text.charAt(end) == '@' ? end : at;
                end++;
            }
            shown.append(text, copied, begin);
            copied = at < 0 ? begin : at + 1;
            scheme = text.indexOf(SCHEME_END, end);
        }
        return shown.append(text, copied, text.length()).toString();
    }

    private static boolean isUrlEnd(char unit) {
        return Character.isWhitespace(unit) || unit == '"' || unit == '\'' || unit == '<' || unit == '>';
    }

    /** The first so many characters, with a mark that says how many more there were; nothing is cut in its middle. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = cutAt(text, most);
        return text.substring(0, end) + "…[" + (text.length() - end) + " more characters cut]";
    }

    /** Where to cut a text that is longer than so many characters, so that no character falls apart. */
    public static int cutAt(String text, int most) {
        return most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }

    private static int firstUnsafe(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char unit = text.charAt(at);
            if (unit >= ' ' && unit < 0x7f) {
                at++;
                continue;
            }
            int codePoint = text.codePointAt(at);
            if (isUnsafe(codePoint)) {
                return at;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }

    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // the joiners are part of how some scripts, and many emoji, are written
            case Character.FORMAT -> codePoint != ZERO_WIDTH_NON_JOINER && codePoint != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }
}
