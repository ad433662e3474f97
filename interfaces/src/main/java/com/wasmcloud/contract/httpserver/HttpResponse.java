package com.wasmcloud.contract.httpserver;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
import java.util.List;
import java.util.Map;

/** An actor's answer to an {@link HttpRequest}. */
public record HttpResponse(int statusCode, Map<String, List<String>> header, Bytes body) {
    /** How it is written and read. */
    public static final Codec<HttpResponse> CODEC = Codec.record(
            "HttpResponse",
            Field.of("statusCode", Codec.U16, 0, HttpResponse::statusCode),
            Field.required("header", Codec.map(Codec.list(Codec.STRING)), HttpResponse::header),
            Field.of("body", Codec.BYTES, Bytes.EMPTY, HttpResponse::body),
            HttpResponse::new);
}
