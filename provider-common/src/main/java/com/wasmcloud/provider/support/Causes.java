package com.wasmcloud.provider.support;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Looks into failures that others have wrapped. None of these throws, whatever it is given. */
public final class Causes {
    /** Longer chains are cut; one that leads back to itself ends. */
    private static final int LONGEST_CHAIN = 100;

    private Causes() {}

    /** What failed, without the {@link CompletionException} or {@link ExecutionException} that futures put around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            Throwable cause = inner instanceof CompletionException || inner instanceof ExecutionException
                    ? inner.getCause()
                    : null;
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    /** The first cause, which is the failure itself when it has none. */
    public static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            Throwable cause = root.getCause();
            if (cause == null) {
                return root;
            }
            root = cause;
        }
        return root;
    }

    /** What a failure says, or its kind when it says nothing. */
    public static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    /** What the first cause says: the end of a sentence for people. */
    public static String reason(Throwable failure) {
        return text(root(failure));
    }
}
