package com.wasmcloud.contract.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request that an actor wants to be sent.
 *
 * @param method such as {@code GET}
 * @param url absolute, {@code http} or {@code https}
 * @param headers values by name
 */
public record HttpRequest(String method, String url, Map<String, List<String>> headers, Bytes body) {
    /** How it is written and read. */
    public static final Codec<HttpRequest> CODEC = Codec.record("HttpRequest", fields -> {
        var method = fields.withDefault("method", Codec.STRING, "", HttpRequest::method);
        var url = fields.withDefault("url", Codec.STRING, "", HttpRequest::url);
        var headers = fields.required("headers", Codec.map(Codec.list(Codec.STRING)), HttpRequest::headers);
        var body = fields.withDefault("body", Codec.BYTES, Bytes.EMPTY, HttpRequest::body);
        return in -> new HttpRequest(in.get(method), in.get(url), in.get(headers), in.get(body));
    });
}
