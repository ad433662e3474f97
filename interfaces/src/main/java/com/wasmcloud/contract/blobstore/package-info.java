/**
 * The contract {@code wasmcloud:blobstore}: containers of objects, read and written in chunks. Callers speak one of
 * three encodings and are answered in theirs.
 */
@NullMarked
package com.wasmcloud.contract.blobstore;

import org.jspecify.annotations.NullMarked;
