package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.httpclient.access.Target;
import com.wasmcloud.provider.support.LineText;
import com.wasmcloud.provider.support.RareLog;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A request as it goes out, checked.
 *
 * @param headers without those that are between the client and the next server; not changed any more
 * @param authority another name for the {@code Host} header, if the actor wants one
 * @param decompress whether the response is to be decompressed, as its compression was asked for here
 */
record Outgoing(
        HttpMethod method,
        Target target,
        MultiMap headers,
        Optional<Target> authority,
        Bytes body,
        boolean decompress) {
    /** These are between the client and the next server: an actor's would break the framing of the request. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "content-length",
            "expect");

    /** Of no concern to another server than the one they were meant for. */
    private static final Set<String> SECRETS = Set.of("authorization", "cookie", "cookie2", "www-authenticate");

    private static final Set<String> OF_BODY =
            Set.of("content-type", "content-encoding", "content-language", "content-location", "digest");

    private static final int LONGEST_QUOTE = 40;
    private static final RareLog LOG = new RareLog(LoggerFactory.getLogger(Outgoing.class));

    /**
     * What an actor wants to be sent.
     *
     * @param decompress whether responses may be decompressed here
     * @throws RpcException when that cannot be sent
     */
    static Outgoing of(
            String methodName, String url, Map<String, List<String>> header, Bytes body, boolean decompress) {
        HttpMethod method = method(methodName);
        Target target = target(url);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        header.forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!HeaderText.isToken(name)) {
                LOG.warn("discarded a header of an actor's request: its name is malformed");
            } else if (!FRAMING.contains(lowerCase)) {
                values.forEach(value -> add(headers, lowerCase, HeaderText.toWire(value)));
            }
        });
        Optional<Target> authority = authority(headers.get(HttpHeaders.HOST), target);
        headers.remove(HttpHeaders.HOST);
        target.user().ifPresent(user -> setIfAbsent(headers, "authorization", "Basic " + base64(user.reveal())));
        setIfAbsent(headers, "accept", "*/*");
        boolean asks = decompress && !headers.contains("accept-encoding") && !headers.contains("range");
        if (asks) {
            headers.set("accept-encoding", Decompression.ACCEPTED);
        }
        return new Outgoing(method, target, headers, authority, body, asks);
    }

    private static HttpMethod method(String name) {
        if (!HeaderText.isToken(name) || name.equalsIgnoreCase("CONNECT")) {
            throw RpcException.invalidArgument("method: " + LineText.escaped(LineText.cut(name, LONGEST_QUOTE))
                    + ": is no HTTP method that can be sent");
        }
        return HttpMethod.valueOf(name);
    }

    private static Target target(String url) {
        try {
            return Target.parse(url);
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidArgument("the URL cannot be requested: " + e.getMessage());
        }
    }

    private static void add(MultiMap headers, String name, String value) {
        if (HeaderText.isValue(value)) {
            headers.add(name, value);
        } else {
            LOG.warn("discarded a value of header " + name + " of an actor's request: it is malformed");
        }
    }

    private static Optional<Target> authority(@Nullable String host, Target target) {
        if (host == null) {
            return Optional.empty();
        }
        try {
            Target named = Target.parse((target.secure() ? "https://" : "http://") + host);
            return named.isOfSameServer(target) ? Optional.empty() : Optional.of(named);
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidArgument("the header Host cannot be sent: " + e.getMessage());
        }
    }

    private static void setIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether sending it twice does no more than sending it once (RFC 9110). */
    boolean isIdempotent() {
        return Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE").contains(method.name());
    }

    /**
     * The request that a redirect leads to, or empty when the answer is none that can be followed, and so is for the actor.
     */
    Optional<Outgoing> redirected(int status, @Nullable String location) {
        boolean asGet = status >= 301 && status <= 303 && !Set.of("GET", "HEAD").contains(method.name());
        if (location == null || !Set.of(301, 302, 303, 307, 308).contains(status)) {
            return Optional.empty();
        }
        Target next;
        try {
            next = target.resolve(HeaderText.fromWire(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        MultiMap kept = MultiMap.caseInsensitiveMultiMap();
        boolean elsewhere = !next.isOfSameServer(target);
        headers.forEach((name, value) -> {
            boolean dropped = (elsewhere && SECRETS.contains(name)) || (asGet && OF_BODY.contains(name));
            if (!dropped) {
                kept.add(name, value);
            }
        });
        return Optional.of(new Outgoing(
                asGet ? HttpMethod.GET : method,
                next,
                kept,
                elsewhere ? Optional.empty() : authority,
                asGet ? Bytes.EMPTY : body,
                decompress));
    }
}
