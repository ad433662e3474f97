package com.wasmcloud.logging;

/** A line on its way, and how its link wants it to look. */
record Entry(LogLine line, LineStyle style) {
    /** The line as text in UTF-8, line break included. */
    byte[] bytes() {
        return style.format().bytes(line);
    }
}
