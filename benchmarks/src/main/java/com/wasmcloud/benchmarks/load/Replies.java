package com.wasmcloud.benchmarks.load;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.InvocationResponse;
import com.wasmcloud.wasmbus.LargePayloads;
import java.util.function.Function;

/** Reads what providers answer. */
final class Replies {
    private Replies() {}

    /**
     * The result in a reply.
     *
     * @throws IllegalStateException when the reply is an error
     */
    static <T> T decode(byte[] reply, Codec<T> codec) {
        return decode(reply, codec, name -> {
            throw new IllegalStateException("the result is too large for a message");
        });
    }

    /**
     * The same for a result that may be too large for a message.
     *
     * @param stored reads it, by its name in the lattice's object store
     */
    static <T> T decode(byte[] reply, Codec<T> codec, Function<String, byte[]> stored) {
        InvocationResponse response = InvocationResponse.CODEC.decode(Bytes.wrap(reply), Encoding.MSGPACK);
        response.error().ifPresent(error -> {
            throw new IllegalStateException("the answer is an error: " + error);
        });
        Bytes result = response.isChunked()
                ? Bytes.wrap(stored.apply(LargePayloads.resultOf(response.invocationId())))
                : response.msg();
        return codec.decode(result, Encoding.MSGPACK);
    }
}
