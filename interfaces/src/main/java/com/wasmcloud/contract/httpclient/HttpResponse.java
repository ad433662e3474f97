package com.wasmcloud.contract.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import java.util.List;
import java.util.Map;

/**
 * A server's answer to an {@link HttpRequest}.
 *
 * @param header values by lower-case name
 */
public record HttpResponse(int statusCode, Map<String, List<String>> header, Bytes body) {
    /** How it is written and read. */
    public static final Codec<HttpResponse> CODEC = Codec.record("HttpResponse", fields -> {
        var statusCode = fields.withDefault("statusCode", Codec.U16, 0, HttpResponse::statusCode);
        var header = fields.required("header", Codec.map(Codec.list(Codec.STRING)), HttpResponse::header);
        var body = fields.withDefault("body", Codec.BYTES, Bytes.EMPTY, HttpResponse::body);
        return in -> new HttpResponse(in.get(statusCode), in.get(header), in.get(body));
    });
}
