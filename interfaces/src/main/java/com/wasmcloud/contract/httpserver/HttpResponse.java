package com.wasmcloud.contract.httpserver;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.List;
import java.util.Map;

/** An actor's answer to an {@link HttpRequest}. */
public record HttpResponse(int statusCode, Map<String, List<String>> header, Bytes body) {}
