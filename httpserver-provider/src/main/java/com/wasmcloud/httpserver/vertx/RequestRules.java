package com.wasmcloud.httpserver.vertx;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What makes an HTTP/1 request malformed although it can be decoded (RFC 9112, sections 3.2 and 6.3), and what is made
 * of a target and of headers that are unusual but allowed.
 */
final class RequestRules {
    private static final Optional<String> NONE = Optional.empty();
    private static final String NOT_IN_TARGETS = "#";
    private static final String NOT_IN_HOSTS = "#/?@\\,";

    private RequestRules() {}

    /**
     * Says what is wrong with a request, if anything is. An absolute-form target becomes an origin-form one with its
     * host, and an upgrade to HTTP/2 that cannot be made is taken back.
     *
     * @param chunked whether its body is being decoded as chunked
     */
    static Optional<String> problem(HttpRequest request, HeaderLines lines, boolean chunked) {
        HttpHeaders headers = request.headers();
        if (lines.contentLengths() > 1) {
            return Optional.of("several Content-Length lines");
        }
        if (lines.hasTransferEncoding()
                && !(chunked && endsWithChunked(headers.getAll(HttpHeaderNames.TRANSFER_ENCODING)))) {
            return Optional.of("the last transfer coding is not chunked");
        }
        if (lines.hosts() > 1) {
            return Optional.of("several Host lines");
        }
        String host = headers.get(HttpHeaderNames.HOST);
        if (host != null && hasAny(host, NOT_IN_HOSTS)) {
            return Optional.of("a malformed Host line");
        }
        if (lines.hosts() == 0 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return Optional.of("no Host line");
        }
        if (headers.contains(HttpHeaderNames.UPGRADE) && !isUpgradable(headers)) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
        return target(request);
    }

    /** Whether chunked is the last of the transfer codings, and there only. */
    private static boolean endsWithChunked(List<String> lines) {
        String[] codings = String.join(",", lines).split(",", -1);
        for (int i = 0; i < codings.length; i++) {
            boolean chunked = HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings[i].strip());
            if (chunked != (i == codings.length - 1)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> target(HttpRequest request) {
        String uri = request.uri();
        if (hasAny(uri, NOT_IN_TARGETS)) {
            return Optional.of("a character that no target may have");
        }
        if (uri.startsWith("/")) {
            return NONE;
        }
        int authority = uri.indexOf("://") + 3;
        if (authority < 3) {
            return NONE; // refused or answered later, depending on its method
        }
        String scheme = uri.substring(0, authority).toLowerCase(Locale.ROOT);
        int path = authority;
        while (path < uri.length() && "/?".indexOf(uri.charAt(path)) < 0) {
            path++;
        }
        String host = uri.substring(authority, path);
        boolean http = scheme.equals("http://") || scheme.equals("https://");
        if (!http || host.isEmpty() || host.indexOf('@') >= 0) {
            return Optional.of("a target of another scheme, or without a host");
        }
        request.headers().set(HttpHeaderNames.HOST, host);
        request.setUri(uri.startsWith("/", path) ? uri.substring(path) : "/" + uri.substring(path));
        return NONE;
    }

    /** Whether a text has a blank, a control or one of some other characters in it. */
    private static boolean hasAny(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || others.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Vert.x upgrades to HTTP/2 without a 100 before the 101, and answers incomplete upgrades with 400. */
    private static boolean isUpgradable(HttpHeaders headers) {
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
            return true;
        }
        return headers.getAll("HTTP2-Settings").size() == 1
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, "HTTP2-Settings", true)
                && !headers.contains(HttpHeaderNames.EXPECT);
    }
}
