package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.httpserver.handlers.HttpFailure;
import com.wasmcloud.provider.support.Causes;
import org.jspecify.annotations.Nullable;

/** What a client is told when its actor does not answer as it should. */
final class ActorFailures {
    private ActorFailures() {}

    /** A call that failed. */
    static Throwable of(@Nullable Throwable failure) {
        Throwable cause = Causes.unwrap(failure == null ? new IllegalStateException("no answer") : failure);
        return cause instanceof RpcException rpc ? of(rpc) : cause;
    }

    /** An answer whose status no HTTP response can have. */
    static HttpFailure ofStatus(int status) {
        return of(RpcException.of(
                RpcException.Code.REMOTE, "the answer has the status " + status + "; it must be from 200 to 999"));
    }

    /** An answer that there is no memory for. */
    static HttpFailure noRoom() {
        return of(RpcException.of(RpcException.Code.OVERLOADED, "too many large bodies are in memory for this answer"));
    }

    private static HttpFailure of(RpcException failure) {
        HttpFailure told =
                switch (failure.code()) {
                    case TIMEOUT -> HttpFailure.of(503, "The application did not answer in time.");
                    case UNREACHABLE -> HttpFailure.of(503, "The application is not running.");
                    case OVERLOADED -> HttpFailure.overloaded();
                    case BACKEND -> HttpFailure.of(503, "The application cannot be reached at the moment.");
                    default -> HttpFailure.of(500, "The application failed to handle the request.");
                };
        return told.because(failure);
    }
}
