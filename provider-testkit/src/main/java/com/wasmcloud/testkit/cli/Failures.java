package com.wasmcloud.testkit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Lets a command fail as {@link Main} expects it: with one sentence. */
final class Failures {
    private Failures() {}

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    static void told(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
