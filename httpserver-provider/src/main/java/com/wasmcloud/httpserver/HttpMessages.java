package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.RareLog;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates between HTTP as Vert.x has it and the messages of the contract. Nothing is added but what HTTP demands.
 * Thread-safe.
 */
final class HttpMessages {
    /** What is between us and the client, and not for the actor to say: it would break the framing of the response. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length");

    private static final String CONTENT_LENGTH = "content-length";
    private static final String DATE = "date";
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final HttpDate date;
    private final RareLog log;

    /** The log gets what of an actor's answers cannot be sent. */
    HttpMessages(HttpDate date, RareLog log) {
        this.date = date;
        this.log = log;
    }

    /** What the actor is to see of a request. */
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
            if (isVisibleAscii(header.getValue())) {
                headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), List.of(header.getValue()), HttpMessages::joined);
            }
        }
        if (request.version() == HttpVersion.HTTP_2 && request.authority() != null) {
            // HTTP/2 has a field of its own for it; an actor should not have to know
            headers.putIfAbsent("host", List.of(request.authority().toString()));
        }
        return headers;
    }

    /** Of what comes seldom more than once; a growing list keeps thousands of one name from being copied each time. */
    private static List<String> joined(List<String> before, List<String> more) {
        List<String> joined = before instanceof ArrayList ? before : new ArrayList<>(before);
        joined.addAll(more);
        return joined;
    }

    /** The W3C trace context of a request, empty when there is none or it has not the form that the standard gives it. */
    static Map<String, String> trace(MultiMap headers) {
        String parent = headers.get("traceparent");
        if (parent == null || !isTraceParent(parent)) {
            return Map.of();
        }
        Map<String, String> trace = new HashMap<>();
        trace.put("traceparent", parent);
        String state = String.join(",", headers.getAll("tracestate"));
        if (!state.isEmpty() && state.length() <= 512 && isVisibleAscii(state)) {
            trace.put("tracestate", state);
        }
        return trace;
    }

    /** The id of a trace, out of its context. */
    static String traceId(Map<String, String> trace) {
        return trace.getOrDefault("traceparent", "").split("-", -1)[1];
    }

    /** Whether a client wants a connection of another kind than HTTP. */
    static boolean isWebSocket(MultiMap headers) {
        String upgrade = headers.get("upgrade");
        return upgrade != null && upgrade.equalsIgnoreCase("websocket");
    }

    /** As it stands in requests and in logs. */
    static String version(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            default -> "HTTP/2.0";
        };
    }

    /** Two digits of version, 32 of trace, 16 of parent, two of flags; later versions may be longer. */
    private static boolean isTraceParent(String text) {
        if (text.length() < 55 || (text.length() > 55 && (text.startsWith("00") || text.charAt(55) != '-'))) {
            return false;
        }
        for (int i = 0; i < 55; i++) {
            char c = text.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            if (dash ? c != '-' : !isBetween('0', c, '9') && !isBetween('a', c, 'f')) {
                return false;
            }
        }
        return text.length() <= 512 && !text.startsWith("ff") && isVisibleAscii(text);
    }

    /** Whether a status code can end a request: codes below 200 announce another answer. */
    static boolean isFinalStatus(int statusCode) {
        return statusCode >= 200 && statusCode <= 999;
    }

    /** Puts an actor's answer into the response and gives what is to be sent as its body. */
    Bytes fill(HttpServerResponse response, HttpMethod method, HttpResponse answer) {
        response.setStatusCode(answer.statusCode());
        MultiMap headers = response.headers();
        answer.header().forEach((name, values) -> addAll(headers, name.toLowerCase(Locale.ROOT), values));
        if (!headers.contains(DATE)) {
            headers.set(DATE, date.now());
        }
        boolean head = method.equals(HttpMethod.HEAD);
        if (head || answer.statusCode() == NOT_MODIFIED) {
            lengthOfWhatIsNotSent(headers, answer);
        }
        return head || answer.statusCode() == NOT_MODIFIED || answer.statusCode() == NO_CONTENT
                ? Bytes.EMPTY
                : answer.body();
    }

    /** Sends a body, and the end of the response. */
    static Future<Void> send(HttpServerResponse response, Bytes body) {
        if (body.isEmpty()) {
            return response.end();
        }
        if (body.size() <= ResponseBody.PIECE) {
            return response.end(Buffer.buffer(body.size()).appendBytes(body.array(), body.offset(), body.size()));
        }
        response.putHeader(CONTENT_LENGTH, Integer.toString(body.size()));
        return ResponseBody.send(response, body);
    }

    /** A HEAD or 304 tells the length that the body would have; actors that leave the body out say it in the header. */
    private static void lengthOfWhatIsNotSent(MultiMap headers, HttpResponse answer) {
        if (!answer.body().isEmpty()) {
            headers.set(CONTENT_LENGTH, Integer.toString(answer.body().size()));
            return;
        }
        answer.header().forEach((name, values) -> {
            if (name.equalsIgnoreCase(CONTENT_LENGTH)
                    && !values.isEmpty()
                    && values.get(0).matches("\\d{1,18}")) {
                headers.set(CONTENT_LENGTH, values.get(0));
            }
        });
    }

    private void addAll(MultiMap headers, String name, List<String> values) {
        if (FRAMING.contains(name)) {
            return;
        }
        if (!isToken(name)) {
            log.warn("an actor's response has a header whose name is none; leaving it out");
            return;
        }
        for (String value : values) {
            String bytes = isVisibleAscii(value)
                    ? value
                    : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            if (isFieldValue(bytes)) {
                headers.add(name, bytes);
            } else {
                log.warn("an actor's response has a header " + name + " whose value cannot be sent; leaving it out");
            }
        }
    }

    static boolean isVisibleAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** No line breaks nor other controls; every character is one byte here. */
    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isBetween('a', c, 'z') && !isBetween('0', c, '9') && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isBetween(char first, char c, char last) {
        return first <= c && c <= last;
    }
}
