package com.wasmcloud.httpclient;

/** Why a request has no complete answer, and how far it had come. Has no stack trace: its cause has. */
final class ExchangeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Phase phase;

    /** How far a request has come. */
    enum Phase {
        /** No connection, and so nothing of it has been sent. */
        CONNECTING,
        /** It may have been sent, and nothing was answered. */
        WAITING,
        /** The answer has begun. */
        READING
    }

    ExchangeFailure(Phase phase, Throwable cause) {
        super(null, cause, false, false);
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    Throwable reason() {
        Throwable cause = getCause();
        return cause == null ? this : cause;
    }
}
