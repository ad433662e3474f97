package com.wasmcloud.blobstore.s3.http;

import java.io.IOException;

/** The server stopped sending in the middle of a body. */
public final class ServerSilentException extends IOException {
    private static final long serialVersionUID = 1;

    ServerSilentException(String message) {
        super(message);
    }
}
