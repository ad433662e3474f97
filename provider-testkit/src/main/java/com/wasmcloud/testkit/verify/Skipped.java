package com.wasmcloud.testkit.verify;

/** Thrown by a scenario that cannot be played; the message says why. */
final class Skipped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Skipped(String why) {
        super(why);
    }
}
