package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.List;
import java.util.Map;

/**
 * What the actor gets.
 *
 * @param header values by lower-case name
 */
record Response(int status, Map<String, List<String>> header, Bytes body) {}
