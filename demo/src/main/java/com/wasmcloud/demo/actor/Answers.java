package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The HTTP responses that an actor gives. */
public final class Answers {
    private static final String JSON = "application/json";
    /** Bytes of JSON that are still a few words. */
    private static final int FEW = 400;

    private Answers() {}

    static HttpResponse json(int status, Map<String, ?> body) {
        return with(content(status, JSON, Bytes.utf8(Json.write(body) + "\n")), Map.of("cache-control", "no-store"));
    }

    static HttpResponse error(int status, String text) {
        return json(status, Map.of("error", text));
    }

    /** What browsers take for nothing but what its type says. */
    static HttpResponse content(int status, String type, Bytes body) {
        return new HttpResponse(
                status, Map.of("content-type", List.of(type), "x-content-type-options", List.of("nosniff")), body);
    }

    /** The same with more headers. */
    static HttpResponse with(HttpResponse response, Map<String, String> headers) {
        Map<String, List<String>> all = new LinkedHashMap<>(response.header());
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new HttpResponse(response.statusCode(), all, response.body());
    }

    /** What to say when a provider did not do what it was asked for, or the request was refused. */
    static HttpResponse failure(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        return error(status(cause), String.valueOf(cause.getMessage()));
    }

    /** The body in a few words. */
    public static String summary(HttpResponse response) {
        List<String> type = response.header().getOrDefault("content-type", List.of(""));
        return type.contains(JSON) && response.body().size() <= FEW
                ? response.body().toUtf8().strip()
                : "%d bytes".formatted(response.body().size());
    }

    private static int status(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal.status();
        }
        if (!(cause instanceof RpcException rpc)) {
            return 500;
        }
        return switch (rpc.code()) {
            case TIMEOUT, UNREACHABLE, OVERLOADED, BACKEND -> 503;
            default -> 500;
        };
    }
}
