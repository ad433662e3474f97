/**
 * An HTTP/1.1 client for the AWS SDK, on Netty. {@link com.wasmcloud.blobstore.s3.http.S3HttpClient} is its door.
 *
 * <p>It exists because name resolution must block nobody else, a closed link must leave no socket behind, host names may
 * contain underscores, and the content of objects should be copied as seldom as possible.
 */
@NullMarked
package com.wasmcloud.blobstore.s3.http;

import org.jspecify.annotations.NullMarked;
