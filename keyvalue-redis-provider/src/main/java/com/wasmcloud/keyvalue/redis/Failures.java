package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Causes;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.cluster.PartitionSelectorException;
import java.util.concurrent.TimeoutException;

/** What callers are told when a request of a link fails. An immutable value. */
record Failures(RedisAddress address, long timeoutMillis) {
    /** The failure of a request in the words of the contract. */
    RpcException explained(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        if (cause instanceof RpcException known) {
            return known;
        }
        if (cause instanceof RedisCommandExecutionException) {
            return RpcException.backend("redis error: " + cause.getMessage(), cause);
        }
        if (cause instanceof TimeoutException) {
            return of("still connecting to " + address + "; try again later");
        }
        if (cause instanceof RedisCommandTimeoutException) {
            return RpcException.backend(
                    "redis error: no answer from %s within %d ms; it is not known whether it was done"
                            .formatted(address, timeoutMillis),
                    cause);
        }
        if (cause instanceof RedisConnectionException || ClientErrors.isNotSent(cause)) {
            return unreachable(Reasons.of(cause));
        }
        if (cause instanceof PartitionSelectorException) {
            return RpcException.backend("redis error: " + address + ": " + cause.getMessage(), cause);
        }
        if (ClientErrors.isQueueFull(cause)) {
            return RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: %d calls of this link are waiting for Redis; try again later"
                            .formatted(ClientSetup.MOST_PENDING));
        }
        return RpcException.backend(
                "redis error: lost the connection to %s before it answered; it is not known whether it was done"
                        .formatted(address),
                cause);
    }

    RpcException unreachable(String why) {
        return of("cannot reach " + address + ": " + why + "; trying again");
    }

    RpcException closed() {
        return of("the link is closed");
    }

    private static RpcException of(String text) {
        return RpcException.backend("redis error: " + text, null);
    }
}
