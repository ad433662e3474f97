package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The page and its files, as they are in this package. Immutable and thread-safe. */
final class Page {
    /** Nothing from anywhere else, nothing inline, and no place in frames of others. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, HttpResponse> files = Map.of(
            "/", file("index.html", "text/html; charset=utf-8"),
            "/style.css", file("style.css", "text/css; charset=utf-8"),
            "/script.js", file("script.js", "text/javascript; charset=utf-8"),
            "/icon.svg", file("icon.svg", "image/svg+xml"));

    /** The answer to a request for this path; empty when it is none of the page's. */
    Optional<HttpResponse> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static HttpResponse file(String name, String type) {
        try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page lacks its file " + name);
            }
            return Answers.with(
                    Answers.content(200, type, Bytes.wrap(in.readAllBytes())),
                    Map.of(
                            "content-security-policy",
                            POLICY,
                            "referrer-policy",
                            "no-referrer",
                            "cache-control",
                            "no-cache"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
