package com.wasmcloud.provider.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.Call;
import com.wasmcloud.provider.CurrentCall;
import com.wasmcloud.provider.TraceContext;
import com.wasmcloud.provider.support.Json;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final Map<String, String> TRACE =
            Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void writesOneLineOfTextWhateverTheMessageHolds() {
        LogRecord entry = entry("a {0}\nforged 2026 INFO line");
        assertThat(new LogLines.Text(CurrentCall::fields).format(entry))
                .isEqualTo("1970-01-01T00:00:00.001Z WARN Here: a {0}\\nforged 2026 INFO line\n");
    }

    @Test
    void writesAStackBelowTheLine() {
        LogRecord entry = entry("m");
        entry.setThrown(new IllegalStateException("why"));
        assertThat(new LogLines.Text(CurrentCall::fields).format(entry))
                .contains("WARN Here: m\n    java.lang.IllegalStateException: why\n    at ");
    }

    @Test
    void writesOneObjectALine() {
        LogRecord entry = entry("a \"quoted\"\nmessage");
        entry.setThrown(new IllegalStateException("why"));
        String line = new LogLines.JsonLines(CurrentCall::fields).format(entry);
        assertThat(line).endsWith("}\n");
        assertThat(Json.object(line))
                .containsEntry("timestamp", "1970-01-01T00:00:00.001Z")
                .containsEntry("level", "warn")
                .containsEntry("target", "com.wasmcloud.Here")
                .containsEntry("message", "a \"quoted\"\nmessage")
                .doesNotContainKey("trace_id")
                .hasEntrySatisfying(
                        "exception", stack -> assertThat((String) stack).contains("why"));
    }

    @Test
    void namesTheTraceOfTheInvocationBeingServed() {
        try (TraceContext.Scope scope = TraceContext.enter(TRACE)) {
            assertThat(new LogLines.Text(CurrentCall::fields).format(entry("m")))
                    .endsWith(" Here{trace_id=0af7651916cd43dd8448eb211c80319c}: m\n");
            assertThat(new LogLines.JsonLines(CurrentCall::fields).format(entry("m")))
                    .contains("\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"");
            assertThat(TraceContext.current()).isEqualTo(TRACE);
        }
        assertThat(TraceContext.current()).isEmpty();
        assertThat(TraceContext.traceId()).isEmpty();
    }

    @Test
    void namesTheInvocationBeingServed() {
        try (CurrentCall call = CurrentCall.enter(invocation("KeyValue.Get", TRACE))) {
            assertThat(new LogLines.Text(CurrentCall::fields).format(entry("m")))
                    .isEqualTo("1970-01-01T00:00:00.001Z WARN Here{actor=MACTOR link=default operation=KeyValue.Get"
                            + " invocation=1234 trace_id=0af7651916cd43dd8448eb211c80319c}: m\n");
            assertThat(Json.object(new LogLines.JsonLines(CurrentCall::fields).format(entry("m"))))
                    .containsEntry("actor", "MACTOR")
                    .containsEntry("link", "default")
                    .containsEntry("operation", "KeyValue.Get")
                    .containsEntry("invocation", "1234")
                    .containsEntry("trace_id", "0af7651916cd43dd8448eb211c80319c");
        }
        assertThat(CurrentCall.get()).isNull();
        assertThat(new LogLines.Text(CurrentCall::fields).format(entry("m"))).doesNotContain("MACTOR");
    }

    @Test
    void hostileTextStaysInItsLine() {
        String hostile = "a\u2028b\u001b[2Jc\u202ed\n\"}{\u0085e";
        LogRecord entry = entry(hostile);
        entry.setThrown(new IllegalStateException("\n2026-01-01T00:00:00.000Z INFO Forged: line\u001b[A"));
        Map<String, String> noTrace = Map.of("traceparent", "00-\nforged-b7ad6b7169203331-01");
        try (CurrentCall call = CurrentCall.enter(invocation(hostile, noTrace));
                TraceContext.Scope scope = TraceContext.enter(noTrace)) {
            String text = new LogLines.Text(CurrentCall::fields).format(entry);
            assertThat(text.lines()).hasSizeGreaterThan(3).allMatch(line -> line.matches("[ -~]+"));
            assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith("    "));

            String json = new LogLines.JsonLines(CurrentCall::fields).format(entry);
            assertThat(json).matches("[ -~]+\n");
            assertThat(Json.object(json))
                    .containsEntry("message", hostile)
                    .containsEntry("operation", hostile)
                    .doesNotContainKey("trace_id");
        }
    }

    @Test
    void noPasswordOfAUrlIsShown() {
        LogRecord entry = entry("cannot use redis://user:geheim@host");
        entry.setThrown(new IllegalStateException("not a URL: nats://:geheim@host"));
        assertThat(new LogLines.Text(CurrentCall::fields).format(entry))
                .contains("cannot use redis://host")
                .doesNotContain("geheim");
        assertThat(new LogLines.JsonLines(CurrentCall::fields).format(entry)).doesNotContain("geheim");
    }

    @Test
    void noLineIsEndless() {
        LogRecord entry = entry("m".repeat(1_000_000));
        try (CurrentCall call = CurrentCall.enter(invocation("o".repeat(1_000_000), Map.of()))) {
            assertThat(new LogLines.Text(CurrentCall::fields).format(entry)).hasSizeLessThan(20_000);
            assertThat(new LogLines.JsonLines(CurrentCall::fields).format(entry))
                    .hasSizeLessThan(20_000);
        }
    }

    private static Call invocation(String operation, Map<String, String> trace) {
        return new Served("MACTOR", "default", operation, "1234", trace);
    }

    private record Served(String peer, String link, String operation, String id, Map<String, String> trace)
            implements Call {}

    private static LogRecord entry(String message) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("com.wasmcloud.Here");
        entry.setInstant(Instant.ofEpochMilli(1));
        return entry;
    }
}
