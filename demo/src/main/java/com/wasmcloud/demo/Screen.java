package com.wasmcloud.demo;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.demo.actor.Answers;
import com.wasmcloud.provider.support.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo's window shows of what happens. Thread-safe. */
record Screen(PrintStream out) {
    /** A line with the time before it. */
    void say(String line) {
        LocalTime now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        // a path may hold anything, and a terminal obeys control characters
        out.printf(Locale.ROOT, "%tT  %s%n", now, line.replaceAll("\\p{Cntrl}", "?"));
        out.flush();
    }

    /** A request and its answer. */
    void request(HttpRequest request, HttpResponse response, Duration took) {
        say("%s %s  %d  %s  %.1f ms"
                .formatted(
                        request.method(),
                        request.path(),
                        response.statusCode(),
                        Answers.summary(response),
                        took.toNanos() / 1e6));
    }

    /** A line of the logging provider: those of the actor are objects, others are its own and not shown. */
    void logged(String line) {
        if (!line.startsWith("{")) {
            return;
        }
        Map<String, @Nullable Object> entry = Json.object(line);
        say("log  %-4s  %s".formatted(entry.get("level"), entry.get("message")));
    }

    /** Text as it is. */
    void print(String text) {
        out.print(text);
        out.flush();
    }
}
