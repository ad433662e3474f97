/**
 * Serves {@code wasmcloud:blobstore} from S3 and what is compatible with it. A reader begins with
 * {@link com.wasmcloud.blobstore.s3.BlobstoreS3Provider}.
 */
@NullMarked
package com.wasmcloud.blobstore.s3;

import org.jspecify.annotations.NullMarked;
