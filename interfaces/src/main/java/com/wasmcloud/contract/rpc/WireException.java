package com.wasmcloud.contract.rpc;

/**
 * Bytes that are not what a codec wants; never leaves {@link Codec#decode}, which makes an {@link RpcException} of it.
 *
 * <p>Has no stack trace: a peer that sends garbage all day should not cost one per message.
 */
final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WireException(String message) {
        super(message, null, false, false);
    }

    static WireException expected(String wanted, String found) {
        return new WireException("expected " + wanted + ", found " + found);
    }

    static WireException outOfRange(String type) {
        return new WireException("number out of range for " + type);
    }

    static WireException truncated() {
        return new WireException("the message ends in the middle of a value");
    }

    /** The same complaint with the place it was found at in front. */
    WireException in(String place) {
        return new WireException(place + ": " + getMessage());
    }
}
