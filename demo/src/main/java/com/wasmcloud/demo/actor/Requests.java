package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of a request. */
final class Requests {
    private Requests() {}

    /** The first value of a header, whatever the case of its name. */
    static Optional<String> header(HttpRequest request, String name) {
        return request.header().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    /** A parameter of the query string, decoded; empty when it is not there or has no value. */
    static Optional<String> parameter(HttpRequest request, String name) {
        return Stream.of(request.queryString().split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decoded(pair.substring(name.length() + 1)))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /**
     * Text without percent-encoding.
     *
     * @throws Refusal when it is no UTF-8 that is encoded so
     */
    static String decoded(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            decoded = "\uFFFD";
        }
        if (decoded.indexOf('\uFFFD') >= 0) {
            throw new Refusal(400, "the address is not percent-encoded UTF-8");
        }
        return decoded;
    }
}
