package com.wasmcloud.blobstore.s3;

/**
 * Which object is meant. An immutable value.
 *
 * @param container as the caller calls it
 * @param bucket behind that name
 * @param key name of the object, not empty
 */
record ObjectName(String container, String bucket, String key) {

    /** How failures name an object: as the caller does, whatever the bucket behind it is called. */
    static String text(String container, String key) {
        return "Bucket(%s) Object(%s)".formatted(container, key);
    }

    boolean is(String otherContainer, String otherKey) {
        return container.equals(otherContainer) && key.equals(otherKey);
    }

    @Override
    public String toString() {
        return text(container, key);
    }
}
