package com.wasmcloud.testkit;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Ways for a test to wait, each with an end. Stateless; every thread may use it. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 5;

    private Await() {}

    /**
     * The result of a call, within 20 seconds.
     *
     * @throws RuntimeException the call's own failure, as it is, when it failed with one; likewise an error
     * @throws AssertionError when there is no result in time
     */
    public static <T> T result(CompletionStage<T> call) {
        try {
            return call.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new CompletionException(failure.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("no result within %d s".formatted(PATIENCE.toSeconds()), late);
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    /**
     * Returns as soon as the condition holds, checked repeatedly for 20 seconds.
     *
     * @param what what the condition says, for the message
     * @throws AssertionError when it does not hold in time
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    /** The same with a limit of its own. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("within %d ms it did not come true that %s".formatted(limit.toMillis(), what));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    private static IllegalStateException interrupted(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting", interruption);
    }
}
