package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import java.util.Map;
import java.util.Optional;

/**
 * The envelope of a call.
 *
 * @param operation full name, {@code Service.Method}
 * @param msg the encoded argument; empty when it is too large for a message and lies in the object store instead
 * @param id unique id, echoed by the reply
 * @param encodedClaims the signed token about this call
 * @param hostId the key of the caller's host
 * @param contentLength size of the whole argument in bytes
 * @param traceContext W3C trace context headers
 */
public record Invocation(
        Entity origin,
        Entity target,
        String operation,
        Bytes msg,
        String id,
        String encodedClaims,
        String hostId,
        Optional<Long> contentLength,
        Optional<Map<String, String>> traceContext) {
    /** The form on the wire. */
    public static final Codec<Invocation> CODEC = Codec.record("Invocation", fields -> {
        var origin = fields.required("origin", Entity.CODEC, Invocation::origin);
        var target = fields.required("target", Entity.CODEC, Invocation::target);
        var operation = fields.required("operation", Codec.STRING, Invocation::operation);
        var msg = fields.required("msg", Codec.BYTES, Invocation::msg);
        var id = fields.required("id", Codec.STRING, Invocation::id);
        var encodedClaims = fields.required("encoded_claims", Codec.STRING, Invocation::encodedClaims);
        var hostId = fields.required("host_id", Codec.STRING, Invocation::hostId);
        var contentLength = fields.optional("content_length", Codec.U64, Invocation::contentLength);
        var traceContext = fields.optional("traceContext", Codec.map(Codec.STRING), Invocation::traceContext);
        return in -> new Invocation(
                in.get(origin),
                in.get(target),
                in.get(operation),
                in.get(msg),
                in.get(id),
                in.get(encodedClaims),
                in.get(hostId),
                in.get(contentLength),
                in.get(traceContext));
    });

    /** Whether the argument has to be fetched from the object store: the envelope holds less of it than it announces. */
    public boolean isChunked() {
        return LargePayloads.isElsewhere(contentLength, msg);
    }

    /**
     * Whether it comes from a host of the Elixir family, which names its cluster's key here instead of its own. Such a host
     * looks for a result in the object store whenever the reply announces more than it holds, however large it is.
     */
    boolean isOfElixirHost() {
        return hostId.startsWith("C");
    }

    /** The same with the whole argument in it. */
    public Invocation with(Bytes whole) {
        return new Invocation(origin, target, operation, whole, id, encodedClaims, hostId, contentLength, traceContext);
    }
}
