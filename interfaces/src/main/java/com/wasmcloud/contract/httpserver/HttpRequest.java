package com.wasmcloud.contract.httpserver;

import com.wasmcloud.contract.rpc.Bytes;
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
        String method, String path, String queryString, Map<String, List<String>> header, Bytes body) {}
