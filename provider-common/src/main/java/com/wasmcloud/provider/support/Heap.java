package com.wasmcloud.provider.support;

/** Sizes that follow the heap, which follows the memory that the process may use. */
public final class Heap {
    private static final long MIB = 1 << 20;

    private Heap() {}

    /**
     * A part of the largest heap that the process may have.
     *
     * @param part of the whole, such as 0.25
     * @param least bytes, however small the heap is
     * @return whole MiB, in bytes
     */
    public static long share(double part, long least) {
        return share(Runtime.getRuntime().maxMemory(), part, least);
    }

    /** The same, and no more than so many bytes, however large the heap is. */
    public static long share(double part, long least, long most) {
        return Math.min(most, share(part, least));
    }

    static long share(long heap, double part, long least) {
        return Math.max(least, (long) (heap * part) / MIB * MIB);
    }
}
