package com.wasmcloud.blobstore.s3;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server, {@code http://host:port/path}. Its host may be any name that can be looked up, underscores
 * included, which {@link URI} does not take for a host. An immutable value.
 *
 * @param host as in a URL, in brackets if it is an IPv6 address
 * @param port -1 when none is given
 * @param path what comes before all paths, without a slash at its end
 */
record Endpoint(String scheme, String host, int port, String path) {
    private static final Pattern URL = Pattern.compile(
            "(https?)://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{0,5}))?(/[^\\s?#]*)?", Pattern.CASE_INSENSITIVE);
    /** Stands for a host that a URI cannot have; no such host can exist. */
    private static final String STAND_IN = "name-with-underscores.invalid";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is something else, or has a user, query or fragment
     */
    static Endpoint parse(String text) {
        Matcher url = URL.matcher(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        int port =
                url.matches() && url.group(3) != null && !url.group(3).isEmpty() ? Integer.parseInt(url.group(3)) : -1;
        if (!url.matches() || port > 0xffff) {
            throw new IllegalArgumentException(
                    "must be a URL such as https://s3.example.com:9000, without user or query");
        }
        String path = url.group(4) == null ? "" : url.group(4);
        Endpoint endpoint = new Endpoint(url.group(1).toLowerCase(Locale.ROOT), url.group(2), port, path);
        try {
            URI.create(endpoint.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a URL such as https://s3.example.com:9000", e);
        }
        return endpoint;
    }

    /** Host and port, as in the URL. */
    String authority() {
        return port < 0 ? host : host + ":" + port;
    }

    /** Whether it belongs to AWS. */
    boolean isOfAws() {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".amazonaws.com") || name.endsWith(".amazonaws.com.cn");
    }

    /** For the SDK, which wants a host that a URI can have; {@link #realHost} turns it back. */
    URI uri() {
        URI real = URI.create(toString());
        return real.getHost() != null ? real : URI.create(new Endpoint(scheme, STAND_IN, port, path).toString());
    }

    /** The host of a request to {@link #uri}, which may have a bucket before it. */
    String realHost(String requested) {
        return requested.endsWith(STAND_IN)
                ? requested.substring(0, requested.length() - STAND_IN.length()) + host
                : requested;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority() + path;
    }
}
