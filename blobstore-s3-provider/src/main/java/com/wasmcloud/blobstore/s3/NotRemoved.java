package com.wasmcloud.blobstore.s3;

/**
 * A bucket or an object that could not be removed. An immutable value.
 *
 * @param name as the caller calls it
 */
record NotRemoved(String name, String reason) {}
