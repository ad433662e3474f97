package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.httpserver.settings.FieldSyntax;
import com.wasmcloud.provider.support.RareLog;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Fills the head of an HTTP response from an actor's answer, without what HTTP does not allow. Thread-safe. */
final class ResponseHeaders {
    /** These are between the provider and the client: an actor's would break the framing of the response. */
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

    private final RareLog log = new RareLog(LoggerFactory.getLogger(ResponseHeaders.class));

    /** Fills in status and headers, and returns the body to send. */
    Bytes fill(HttpServerResponse response, HttpMethod method, HttpResponse answer) {
        response.setStatusCode(answer.statusCode());
        MultiMap headers = response.headers();
        answer.header().forEach((name, values) -> addAll(headers, name.toLowerCase(Locale.ROOT), values));
        boolean head = method.equals(HttpMethod.HEAD);
        if (head || answer.statusCode() == NOT_MODIFIED) {
            setLengthOfOmittedBody(headers, answer);
        }
        return head || answer.statusCode() == NOT_MODIFIED || answer.statusCode() == NO_CONTENT
                ? Bytes.EMPTY
                : answer.body();
    }

    /** A HEAD or 304 tells the length that the body would have; actors that omit the body tell it in the header. */
    private static void setLengthOfOmittedBody(MultiMap headers, HttpResponse answer) {
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
        if (!FieldSyntax.isToken(name)) {
            log.warn("discarded a header of an actor's response: its name is malformed");
            return;
        }
        if (name.equals(DATE) && !values.isEmpty()) {
            headers.remove(DATE); // the listener has set it for actors that do not
        }
        for (String value : values) {
            String bytes = FieldSyntax.isVisibleAscii(value)
                    ? value
                    : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            if (FieldSyntax.isValue(bytes)) {
                headers.add(name, bytes);
            } else {
                log.warn("discarded a value of header " + name + " of an actor's response: it is malformed");
            }
        }
    }
}
