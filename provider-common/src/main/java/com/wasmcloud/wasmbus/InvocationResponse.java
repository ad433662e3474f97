package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import java.util.Map;
import java.util.Optional;

/**
 * The envelope of an answer.
 *
 * @param msg the encoded result; empty with an error, or when the result lies in the object store
 * @param invocationId the id of the call that is answered
 * @param error what went wrong; a call has succeeded when this is absent
 * @param contentLength size of the whole result in bytes; always there in what we send, because hosts insist on it
 * @param traceContext W3C trace context headers
 */
public record InvocationResponse(
        Bytes msg,
        String invocationId,
        Optional<String> error,
        Optional<Long> contentLength,
        Optional<Map<String, String>> traceContext) {
    /** The form on the wire. */
    public static final Codec<InvocationResponse> CODEC = Codec.record("InvocationResponse", fields -> {
        var msg = fields.withDefault("msg", Codec.BYTES, Bytes.EMPTY, InvocationResponse::msg);
        var invocationId = fields.withDefault("invocation_id", Codec.STRING, "", InvocationResponse::invocationId);
        var error = fields.optional("error", Codec.STRING, InvocationResponse::error);
        var contentLength = fields.optional("content_length", Codec.U64, InvocationResponse::contentLength);
        var traceContext = fields.optional("traceContext", Codec.map(Codec.STRING), InvocationResponse::traceContext);
        return in -> new InvocationResponse(
                in.get(msg), in.get(invocationId), in.get(error), in.get(contentLength), in.get(traceContext));
    });

    /** A result that travels in the envelope. */
    public static InvocationResponse of(String id, Bytes result) {
        return new InvocationResponse(
                result, id, Optional.empty(), Optional.of((long) result.size()), Optional.empty());
    }

    /** A result of so many bytes that waits in the object store. */
    public static InvocationResponse stored(String id, long size) {
        return new InvocationResponse(Bytes.EMPTY, id, Optional.empty(), Optional.of(size), Optional.empty());
    }

    /** A failure; the text is never empty, since hosts disagree about an empty one. */
    public static InvocationResponse failure(String id, String error) {
        return new InvocationResponse(
                Bytes.EMPTY,
                id,
                Optional.of(error.isEmpty() ? "unknown error" : error),
                Optional.of(0L),
                Optional.empty());
    }

    /** Whether the result has to be fetched from the object store. */
    public boolean isChunked() {
        return LargePayloads.isElsewhere(contentLength, msg);
    }
}
