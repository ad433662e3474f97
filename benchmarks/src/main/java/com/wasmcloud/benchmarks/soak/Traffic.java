package com.wasmcloud.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One kind of call, made by callers on a thread each: at a steady rate, or each as soon as the one before is answered. A
 * call that fails is counted, and the next one is made all the same. Thread-safe; ends when it is closed.
 */
final class Traffic implements AutoCloseable {
    /** So many different failures are told; what more there are is only counted. */
    private static final int FAILURES_TOLD = 20;

    private final String name;
    private final int callers;
    private final double callsPerSecond;
    private final Call call;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** A call, until it has been answered. */
    @FunctionalInterface
    interface Call {
        /**
         * Makes the call.
         *
         * @param caller from 0
         * @param number of the caller's calls, from 0
         * @throws Exception when it fails, or is answered wrongly
         */
        void make(int caller, long number) throws Exception;
    }

    private Traffic(String name, int callers, double callsPerSecond, Call call) {
        this.name = name;
        this.callers = callers;
        this.callsPerSecond = callsPerSecond;
        this.call = call;
    }

    /** Calls at a steady rate of all callers together; a caller that is behind does not hurry. */
    static Traffic steady(String name, int callers, double callsPerSecond, Call call) {
        return new Traffic(name, callers, callsPerSecond, call);
    }

    /** Calls without a pause between them. */
    static Traffic busy(String name, int callers, Call call) {
        return new Traffic(name, callers, Double.POSITIVE_INFINITY, call);
    }

    String name() {
        return name;
    }

    void start() {
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            Thread thread = new Thread(() -> run(number), name + "-" + caller);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(int caller) {
        long pause = (long) (callers / callsPerSecond * 1e9);
        long next = System.nanoTime() + pause * caller / callers; // so that they do not call all at once
        for (long number = 0; !closed; number++) {
            long now = System.nanoTime();
            while (now - next < 0 && !closed) {
                LockSupport.parkNanos(next - now);
                now = System.nanoTime();
            }
            next = Math.max(next + pause, now);
            make(caller, number);
        }
    }

    private void make(int caller, long number) {
        try {
            call.make(caller, number);
        } catch (Exception | AssertionError failure) {
            if (!closed || !(failure instanceof InterruptedException)) {
                failed.increment();
                note(name + ": " + failure);
            }
        }
        calls.increment();
    }

    private void note(String failure) {
        if (failures.size() < FAILURES_TOLD || failures.containsKey(failure)) {
            failures.computeIfAbsent(failure, none -> new AtomicLong()).incrementAndGet();
        }
    }

    long calls() {
        return calls.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** What went wrong, and how often. */
    Map<String, Long> failures() {
        Map<String, Long> all = new TreeMap<>();
        failures.forEach((failure, times) -> all.put(failure, times.get()));
        return all;
    }

    /** Waits for what is in flight. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
