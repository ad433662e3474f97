package com.wasmcloud.httpclient.access;

import com.wasmcloud.provider.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a URL of {@code http} or {@code https} points to, read as browsers read it (the URL Standard): lenient about how it is
 * written, and with one meaning only. An immutable value that prints neither path, query nor password.
 *
 * @param path begins with a slash, percent-encoded, without dot segments
 * @param query with its question mark, percent-encoded; empty when there is none
 * @param user {@code user:password} if the URL has such, percent-decoded
 */
public record Target(boolean secure, Host host, int port, String path, String query, Optional<Secret> user) {
    private static final Pattern ABSOLUTE = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LARGEST_PORT = 65_535;

    /**
     * Reads an absolute URL.
     *
     * @throws IllegalArgumentException with the end of a sentence, which does not quote it
     */
    public static Target parse(String url) {
        String text = cleaned(url);
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("it does not begin with http:// or https://");
        }
        Reference rest = Reference.of(text.substring(colon + 1));
        if (!rest.front.startsWith("//")) {
            throw new IllegalArgumentException("it does not begin with http:// or https://");
        }
        int from = 2;
        while (from < rest.front.length() && rest.front.charAt(from) == '/') {
            from++;
        }
        int slash = rest.front.indexOf('/', from);
        int end = slash < 0 ? rest.front.length() : slash;
        return of(scheme.equals("https"), rest.front.substring(from, end), rest.front.substring(end), rest.query);
    }

    private static Target of(boolean secure, String authority, String path, String query) {
        int at = authority.lastIndexOf('@');
        Optional<Secret> user = at < 0
                ? Optional.empty()
                : Optional.of(new Secret(PercentEncoding.decode(authority.substring(0, at))))
                        .filter(access -> !access.isBlank());
        String server = authority.substring(at + 1);
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon > server.lastIndexOf(']');
        Host host = Host.parse(hasPort ? server.substring(0, colon) : server);
        int port = secure ? HTTPS : HTTP;
        if (hasPort && colon < server.length() - 1) {
            port = port(server.substring(colon + 1));
        }
        return new Target(secure, host, port, normalPath(path), query, user);
    }

    private static int port(String text) {
        if (!text.matches("0*\\d{1,5}")) {
            throw new IllegalArgumentException("its port is not a number from 1 to " + LARGEST_PORT);
        }
        long port = Long.parseLong(text.replaceFirst("^0+(?=.)", ""));
        if (port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("its port is not a number from 1 to " + LARGEST_PORT);
        }
        return (int) port;
    }

    /**
     * Where a reference in the answer of this server points to, such as the value of {@code Location}; without a user.
     *
     * @throws IllegalArgumentException when it is no URL of HTTP
     */
    public Target resolve(String location) {
        String text = cleaned(location);
        if (ABSOLUTE.matcher(text).find()) {
            return parse(text).withoutUser();
        }
        Reference reference = Reference.of(text);
        if (reference.front.startsWith("//")) {
            return parse((secure ? "https:" : "http:") + text).withoutUser();
        }
        if (reference.front.isEmpty()) {
            return new Target(
                    secure, host, port, path, reference.query.isEmpty() ? query : reference.query, Optional.empty());
        }
        String whole = reference.front.startsWith("/")
                ? reference.front
                : path.substring(0, path.lastIndexOf('/') + 1) + reference.front;
        return new Target(secure, host, port, normalPath(whole), reference.query, Optional.empty());
    }

    private Target withoutUser() {
        return new Target(secure, host, port, path, query, Optional.empty());
    }

    /** Whether both are of the same server, so that what is secret to one is none to the other. */
    public boolean isOfSameServer(Target other) {
        return secure == other.secure && port == other.port && host.equals(other.host);
    }

    /** What stands in the request line. */
    public String pathAndQuery() {
        return path + query;
    }

    /** Without what may be secret: {@code https://example.com}. */
    public String origin() {
        boolean usual = port == (secure ? HTTPS : HTTP);
        return (secure ? "https://" : "http://") + host + (usual ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return origin();
    }

    private static String cleaned(String url) {
        int begin = 0;
        int end = url.length();
        while (begin < end && url.charAt(begin) <= ' ') {
            begin++;
        }
        while (end > begin && url.charAt(end - 1) <= ' ') {
            end--;
        }
        return url.substring(begin, end).replaceAll("[\t\r\n]", "");
    }

    /** What follows the scheme, without the fragment. */
    private record Reference(String front, String query) {
        static Reference of(String text) {
            int hash = text.indexOf('#');
            String whole = hash < 0 ? text : text.substring(0, hash);
            int mark = whole.indexOf('?');
            String front = mark < 0 ? whole : whole.substring(0, mark);
            String query = mark < 0 ? "" : whole.substring(mark);
            return new Reference(front.replace('\\', '/'), PercentEncoding.encode(query, "\"<>'"));
        }
    }

    private static String normalPath(String path) {
        List<String> segments = new ArrayList<>();
        String[] written = path.split("/", -1);
        for (int i = 1; i < written.length; i++) {
            String plain = written[i].replaceAll("%2[eE]", ".");
            boolean last = i == written.length - 1;
            if (plain.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!plain.equals(".")) {
                segments.add(written[i]);
                continue;
            }
            if (last) {
                segments.add("");
            }
        }
        return "/" + PercentEncoding.encode(String.join("/", segments), "\"<>`{}");
    }
}
