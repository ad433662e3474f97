package com.wasmcloud.contract.rpc;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told when an operation fails; the message is the complete error text that goes on the wire.
 *
 * <p>Immutable apart from what {@link Throwable} itself keeps. The cause is for the log of the side that failed and
 * is never sent.
 *
 * <p>What a peer can provoke at will (nonsense, calls it may not make, more of them than are taken) has no stack trace,
 * which would cost more than the rest of the answer.
 */
public final class RpcException extends RuntimeException {
    /** The kinds of failure, for code that has to choose what to do; the text is for people. */
    public enum Code {
        /** Bytes that are not what the contract says. */
        MALFORMED,
        /** A well-formed argument that the operation cannot take. */
        INVALID_ARGUMENT,
        /** No such operation in this contract. */
        UNKNOWN_OPERATION,
        /** The calling actor has no link to this provider. */
        NOT_LINKED,
        /** The claims of an invocation do not hold. */
        REFUSED,
        /** Redis, S3 or whatever the backend is failed or is unavailable. */
        BACKEND,
        /** More calls are in flight than the provider takes. */
        OVERLOADED,
        /** The other side did not answer in time. */
        TIMEOUT,
        /** Nobody listens on the other side. */
        UNREACHABLE,
        /** The other side answered with an error; the message is its text. */
        REMOTE
    }

    private static final long serialVersionUID = 1L;

    private static final Set<Code> PROVOKED =
            EnumSet.of(Code.MALFORMED, Code.UNKNOWN_OPERATION, Code.NOT_LINKED, Code.REFUSED, Code.OVERLOADED);

    private final Code code;

    private RpcException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause, true, !PROVOKED.contains(code));
        this.code = code;
    }

    /** What kind of failure this is. */
    public Code code() {
        return code;
    }

    /** Bytes that cannot be decoded; {@code why} follows the prefix {@code deserialization: }. */
    public static RpcException malformed(String why) {
        return new RpcException(Code.MALFORMED, "deserialization: " + why, null);
    }

    /** An argument that the operation cannot take; {@code why} follows the prefix {@code invalid parameter: }. */
    public static RpcException invalidArgument(String why) {
        return new RpcException(Code.INVALID_ARGUMENT, "invalid parameter: " + why, null);
    }

    /** An operation that the contract does not have, in the words of the reference providers. */
    public static RpcException unknownOperation(String why) {
        return new RpcException(Code.UNKNOWN_OPERATION, "method not handled " + why, null);
    }

    /** A failure with a text of its own and nothing to log beside it. */
    public static RpcException of(Code code, String message) {
        return new RpcException(code, message, null);
    }

    /** A failure of what stands behind the provider: what was tried, and why it did not work. */
    public static RpcException backend(String message, @Nullable Throwable cause) {
        return new RpcException(Code.BACKEND, message, cause);
    }

    /** No answer in time; {@code what} follows the prefix {@code timeout: }. */
    public static RpcException timeout(String what) {
        return new RpcException(Code.TIMEOUT, "timeout: " + what, null);
    }
}
