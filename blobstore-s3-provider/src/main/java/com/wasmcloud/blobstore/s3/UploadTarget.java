package com.wasmcloud.blobstore.s3;

import java.util.Optional;

/** The object that is being stored. An immutable value. */
record UploadTarget(ObjectName object, Optional<String> contentType, Optional<String> contentEncoding) {

    UploadTarget {
        contentType = contentType.filter(text -> !text.isBlank());
        contentEncoding = contentEncoding.filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return object.toString();
    }
}
