package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Tells how the providers are and what the actor has logged: as soon as there is a new line, or a second later. Thread-safe.
 */
record Status(Board board, LogBook book) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    CompletionStage<HttpResponse> tell(HttpRequest request) {
        String cursor = Requests.parameter(request, "after").orElse("");
        return book.after(cursor, PATIENCE).thenApply(extract -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("cursor", extract.cursor());
            answer.put("log", extract.lines().stream().map(Status::json).toList());
            answer.put(
                    "providers",
                    board.providers().stream().map(ProviderStatus::toJson).toList());
            return Answers.json(200, answer);
        });
    }

    private static Map<String, Object> json(LogBook.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", line.time().toString());
        json.put("level", line.level());
        json.put("text", line.text());
        json.put("delivered", line.delivered());
        return json;
    }
}
