package com.wasmcloud.blobstore.s3.http;

import java.io.IOException;

/** The connection ended before the answer did. */
public final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1;

    ConnectionLostException(String message) {
        super(message);
    }
}
