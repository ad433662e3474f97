package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.support.Heap;
import java.time.Duration;

/**
 * How objects are cut into pieces. An immutable value; sizes are bytes.
 *
 * @param maxChunk most in one chunk that follows the first one
 * @param maxInitialChunk what is not larger comes whole, in the answer itself
 * @param partSize what an upload in chunks collects before it sends it to S3
 * @param uploadTimeout how long an upload may wait for its next chunk
 * @param maxUploads uploads in chunks of one link at a time
 * @param memory most that all transfers of the process hold
 */
record TransferSettings(
        int maxChunk, int maxInitialChunk, int partSize, Duration uploadTimeout, int maxUploads, int memory) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    /** With names and all, what a message of the lattice holds; anything larger takes a detour. */
    private static final int FITS_IN_A_MESSAGE = 896 * KIB;
    /** Larger chunks cost memory several times over, and gain nothing. */
    private static final int LARGEST_CHUNK = 32 * MIB;
    /** The rule of S3 for all parts but the last. */
    private static final int SMALLEST_PART = 5 * MIB;

    static TransferSettings from(Settings settings, boolean memoryIsLinks) {
        int chunk = settings.number("max_chunk_size_bytes", FITS_IN_A_MESSAGE, 1, Integer.MAX_VALUE);
        int initial = settings.number(
                "max_initial_chunk_bytes",
                settings.has("max_chunk_size_bytes") ? chunk : 16 * MIB,
                1,
                Integer.MAX_VALUE);
        if (memoryIsLinks) {
            settings.problem("max_memory_bytes", "is for all links; give it in the provider configuration");
        }
        int memory = settings.number("max_memory_bytes", defaultMemory(), 16 * MIB, Integer.MAX_VALUE);
        int part = settings.number("part_size_bytes", SMALLEST_PART, SMALLEST_PART, 512 * MIB);
        if (part > memory / 2) {
            settings.problem("part_size_bytes", "must not be more than half of max_memory_bytes, which is " + memory);
        }
        return new TransferSettings(
                Math.min(chunk, Math.min(LARGEST_CHUNK, memory / 8)),
                Math.min(initial, Math.min(LARGEST_CHUNK, memory / 2)),
                part,
                settings.millis("upload_timeout_ms", Duration.ofMinutes(5)),
                settings.number("max_uploads", 100, 1, 100_000),
                memory);
    }

    /** A quarter of the heap: what is on its way exists up to three times, as it came, encoded, and in a message. */
    private static int defaultMemory() {
        return (int) Heap.share(0.25, 16 * MIB, 1 << 30);
    }
}
