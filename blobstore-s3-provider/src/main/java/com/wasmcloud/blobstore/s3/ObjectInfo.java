package com.wasmcloud.blobstore.s3;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What S3 tells about an object. An immutable value.
 *
 * @param length bytes in it, or in the part of it that was asked for; -1 when S3 does not tell
 */
record ObjectInfo(
        long length, Optional<Instant> lastModified, Optional<String> contentType, Optional<String> contentEncoding) {

    static ObjectInfo of(HeadObjectResponse head) {
        return new ObjectInfo(
                head.contentLength() == null ? 0 : head.contentLength(),
                Optional.ofNullable(head.lastModified()),
                present(head.contentType()),
                contentEncoding(head.contentEncoding()));
    }

    static ObjectInfo of(GetObjectResponse head) {
        return new ObjectInfo(
                head.contentLength() == null ? -1 : head.contentLength(),
                Optional.ofNullable(head.lastModified()),
                present(head.contentType()),
                contentEncoding(head.contentEncoding()));
    }

    /** The same object without any of its bytes. */
    ObjectInfo withoutContent() {
        return new ObjectInfo(0, lastModified, contentType, contentEncoding);
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    /** The encoding without that of the transfer, which some servers keep and give back. */
    static Optional<String> contentEncoding(@Nullable String header) {
        return present(header)
                .map(text -> text.replaceFirst("^aws-chunked\\s*(,\\s*)?", "").replaceFirst(",\\s*aws-chunked$", ""))
                .filter(text -> !text.isEmpty());
    }
}
