package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpclient.HttpClient;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches the URL in a request's body, and tells what came: of text, its beginning. Thread-safe. */
record Fetcher(HttpClient client, ActorLog log) {
    /** The host is what the log has of a URL: the rest may be nobody else's business. */
    private static final Pattern URL =
            Pattern.compile("(?i)https?://(?:[^/?#\\\\@\\s]*@)?([^/?#\\\\@\\s]+)[^\\s\\p{Cntrl}]*");

    private static final Pattern TEXT = Pattern.compile("(?i)text/.*|application/(.*[+])?(json|xml|javascript)\\b.*");
    private static final int LONGEST = 2_000;
    private static final int SHOWN = 4_000;

    CompletionStage<HttpResponse> fetch(HttpRequest request) {
        if (!request.method().equals("POST")) {
            throw new Refusal(405, "a URL is fetched with POST, and is the body of the request");
        }
        String url =
                request.body().size() > LONGEST ? "" : request.body().toUtf8().strip();
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new Refusal(
                    400,
                    "the body has to be a URL of at most %d bytes, such as https://example.com".formatted(LONGEST));
        }
        String host = parts.group(1);
        long begin = System.nanoTime();
        return client.request(new com.wasmcloud.contract.httpclient.HttpRequest("GET", url, Map.of(), Bytes.EMPTY))
                .handle((response, failure) -> {
                    if (failure != null) {
                        log.warn("could not fetch from " + host);
                        throw refusal(failure);
                    }
                    log.info("fetched from %s: %d, %d bytes"
                            .formatted(
                                    host, response.statusCode(), response.body().size()));
                    return told(response, Duration.ofNanos(System.nanoTime() - begin));
                });
    }

    private static HttpResponse told(com.wasmcloud.contract.httpclient.HttpResponse response, Duration took) {
        String type = response.header().getOrDefault("content-type", List.of()).stream()
                .findFirst()
                .orElse("");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", response.statusCode());
        answer.put("type", type);
        answer.put("bytes", response.body().size());
        answer.put("milliseconds", took.toMillis());
        answer.put("text", TEXT.matcher(type.toLowerCase(Locale.ROOT)).matches() ? beginning(response.body()) : "");
        return Answers.json(200, answer);
    }

    private static String beginning(Bytes body) {
        byte[] bytes = body.toByteArray();
        // what is cut off in the middle of a character, or is no UTF-8, becomes a replacement character
        return new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.UTF_8);
    }

    /** What the provider refused, or the server did not give, is no fault of the actor. */
    private static RuntimeException refusal(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        if (cause instanceof RpcException rpc && rpc.code() != RpcException.Code.REMOTE) {
            return rpc;
        }
        return new Refusal(502, String.valueOf(cause.getMessage()));
    }
}
