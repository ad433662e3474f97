package com.wasmcloud.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that are in native code, such as event loops that wait for sockets. A JVM that is halted waits 300 ms for
 * them, even when they are about to end; without them it is gone at once. Stateless.
 */
final class NativeThreads {
    private static final Logger LOG = LoggerFactory.getLogger(NativeThreads.class);
    /** The garbage collector's, which only looks as if it were in native code. */
    private static final String REFERENCES = "java.lang.ref.";

    private NativeThreads() {}

    /** Waits for their end, for a while. */
    static void awaitNone(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<String> left = names();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(1);
            left = names();
        }
        LOG.debug("threads in native code at the end: {}", left);
    }

    /** The names of such threads, without that of this one. */
    static List<String> names() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(NativeThreads::isInNativeCode)
                .map(entry -> entry.getKey().getName())
                .toList();
    }

    private static boolean isInNativeCode(Map.Entry<Thread, StackTraceElement[]> entry) {
        StackTraceElement[] calls = entry.getValue();
        return entry.getKey() != Thread.currentThread()
                && entry.getKey().getState() == Thread.State.RUNNABLE
                && calls.length > 0
                && calls[0].isNativeMethod()
                && !calls[0].getClassName().startsWith(REFERENCES);
    }
}
