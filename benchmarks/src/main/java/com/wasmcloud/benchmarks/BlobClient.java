package com.wasmcloud.benchmarks;

/**
 * A way to put objects into one container and to get them back. Used by many threads, each of which waits for the end of
 * its call.
 */
interface BlobClient extends AutoCloseable {
    String name();

    void put(String key, byte[] content);

    /**
     * Gets a whole object.
     *
     * @return how many bytes came
     */
    long get(String key);

    @Override
    void close();
}
