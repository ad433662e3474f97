package com.wasmcloud.blobstore.s3;

/** Neither the settings nor the default credential chain have credentials. */
final class NoCredentialsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoCredentialsException(Throwable cause) {
        super(
                "no credentials: neither the settings nor the environment, profile, container or instance have any",
                cause);
    }
}
