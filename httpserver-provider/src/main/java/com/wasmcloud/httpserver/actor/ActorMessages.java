package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.httpserver.settings.FieldSyntax;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of the contract: a request as an actor sees it, and what an answer must be. */
final class ActorMessages {
    private ActorMessages() {}

    static HttpRequest request(HttpServerRequest request, Bytes body) {
        @Nullable String query = request.query();
        return new HttpRequest(
                request.method().name().toUpperCase(Locale.ROOT),
                request.path(),
                query == null ? "" : query,
                headers(request),
                body);
    }

    private static Map<String, List<String>> headers(HttpServerRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : request.headers()) {
            if (FieldSyntax.isVisibleAscii(header.getValue())) {
                headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), List.of(header.getValue()), ActorMessages::joined);
            }
        }
        if (request.version() == HttpVersion.HTTP_2 && request.authority() != null) {
            // HTTP/2 has a field of its own for it; an actor should not have to know
            headers.putIfAbsent("host", List.of(request.authority().toString()));
        }
        return headers;
    }

    /** A list that grows, so that thousands of values of one name are not copied each time. */
    private static List<String> joined(List<String> before, List<String> more) {
        List<String> joined = before instanceof ArrayList ? before : new ArrayList<>(before);
        joined.addAll(more);
        return joined;
    }

    /** Whether a status code can end a request: codes below 200 announce another answer. */
    static boolean isFinalStatus(int statusCode) {
        return statusCode >= 200 && statusCode <= 999;
    }
}
