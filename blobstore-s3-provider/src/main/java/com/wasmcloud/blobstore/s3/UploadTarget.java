package com.wasmcloud.blobstore.s3;

import java.util.Optional;

/**
 * The object that is being stored. An immutable value.
 *
 * @param container as the actor calls it
 * @param bucket behind that name
 */
record UploadTarget(
        String container,
        String bucket,
        String object,
        Optional<String> contentType,
        Optional<String> contentEncoding) {

    UploadTarget {
        contentType = contentType.filter(text -> !text.isBlank());
        contentEncoding = contentEncoding.filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return StoredObjects.named(container, object);
    }
}
