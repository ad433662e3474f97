package com.wasmcloud.blobstore.s3.http;

/** All connections to the server are in use, and none became free in time. Nothing was sent; the SDK does not try again. */
public final class NoFreeConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoFreeConnectionException() {
        super("all connections are in use", null, false, false);
    }
}
