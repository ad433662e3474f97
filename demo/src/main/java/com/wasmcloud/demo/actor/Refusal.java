package com.wasmcloud.demo.actor;

import java.io.Serial;

/** A request that the actor does not serve: the message tells the client why and what it can do. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status of the response. */
    int status() {
        return status;
    }
}
