package com.wasmcloud.httpserver;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Which host and path a request is for. */
final class RequestTarget {
    private RequestTarget() {}

    /** Whether it is {@code OPTIONS *}, a question about the server itself. */
    static boolean isOfServer(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method()) && "*".equals(request.uri());
    }

    /** Whether a request says which host and path it is for, in a version that is supported. */
    static boolean isValid(HttpServerRequest request) {
        String path = request.path();
        return path != null
                && path.startsWith("/")
                && request.uri().indexOf('#') < 0
                && request.version() != null
                && hasValidHost(request);
    }

    private static boolean hasValidHost(HttpServerRequest request) {
        if (request.authority() == null) {
            return request.version() == HttpVersion.HTTP_1_0;
        }
        // Vert.x compares one with the authority of HTTP/2, and several have been refused in HTTP/1
        return request.version() != HttpVersion.HTTP_2
                || request.headers().getAll("host").size() <= 1;
    }
}
