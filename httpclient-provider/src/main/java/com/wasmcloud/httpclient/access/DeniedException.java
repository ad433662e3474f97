package com.wasmcloud.httpclient.access;

/** A server that a link may not ask; the message is the end of a sentence for people. Has no stack trace: actors cause it. */
public final class DeniedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeniedException(String message) {
        super(message, null, false, false);
    }
}
