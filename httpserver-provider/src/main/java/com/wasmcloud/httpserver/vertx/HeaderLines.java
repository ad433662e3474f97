package com.wasmcloud.httpserver.vertx;

import io.netty.util.AsciiString;

/** Counts the lines of a request's head by which its end and its host are found. Used on one event loop. */
final class HeaderLines {
    private int hosts;
    private int contentLengths;
    private int transferEncodings;

    void count(AsciiString name) {
        switch (name.length()) {
            case 4 -> hosts += name.contentEqualsIgnoreCase("host") ? 1 : 0;
            case 14 -> contentLengths += name.contentEqualsIgnoreCase("content-length") ? 1 : 0;
            case 17 -> transferEncodings += name.contentEqualsIgnoreCase("transfer-encoding") ? 1 : 0;
            default -> {}
        }
    }

    void reset() {
        hosts = 0;
        contentLengths = 0;
        transferEncodings = 0;
    }

    int hosts() {
        return hosts;
    }

    int contentLengths() {
        return contentLengths;
    }

    boolean hasTransferEncoding() {
        return transferEncodings > 0;
    }
}
