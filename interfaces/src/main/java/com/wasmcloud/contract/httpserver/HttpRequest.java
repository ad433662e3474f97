package com.wasmcloud.contract.httpserver;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request as an actor sees it.
 *
 * @param method upper case
 * @param path as it stood in the request line, not decoded
 * @param queryString what followed the question mark, not decoded, empty when there was none
 * @param header values by lower-case name
 */
public record HttpRequest(
        String method, String path, String queryString, Map<String, List<String>> header, Bytes body) {
    /** How it is written and read. */
    public static final Codec<HttpRequest> CODEC = Codec.record("HttpRequest", fields -> {
        var method = fields.withDefault("method", Codec.STRING, "", HttpRequest::method);
        var path = fields.withDefault("path", Codec.STRING, "", HttpRequest::path);
        var queryString = fields.withDefault("queryString", Codec.STRING, "", HttpRequest::queryString);
        var header = fields.required("header", Codec.map(Codec.list(Codec.STRING)), HttpRequest::header);
        var body = fields.withDefault("body", Codec.BYTES, Bytes.EMPTY, HttpRequest::body);
        return in -> new HttpRequest(in.get(method), in.get(path), in.get(queryString), in.get(header), in.get(body));
    });
}
