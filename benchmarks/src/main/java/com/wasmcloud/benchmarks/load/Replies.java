package com.wasmcloud.benchmarks.load;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.InvocationResponse;

/** Reads what providers answer. */
final class Replies {
    private Replies() {}

    /**
     * The result in a reply.
     *
     * @throws IllegalStateException when the reply is an error
     */
    static <T> T decode(byte[] reply, Codec<T> codec) {
        InvocationResponse response = InvocationResponse.CODEC.decode(Bytes.wrap(reply), Encoding.MSGPACK);
        response.error().ifPresent(error -> {
            throw new IllegalStateException("the answer is an error: " + error);
        });
        return codec.decode(response.msg(), Encoding.MSGPACK);
    }
}
