package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.lattice.Json;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {
    private static final Map<String, String> TRACE =
            Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void writesOneLineOfTextWhateverTheMessageHolds() {
        LogRecord entry = entry("a {0}\nforged 2026 INFO line");
        assertThat(new LogLines.Text().format(entry))
                .isEqualTo("1970-01-01T00:00:00.001Z WARN Here: a {0}\\nforged 2026 INFO line\n");
    }

    @Test
    void writesAStackBelowTheLine() {
        LogRecord entry = entry("m");
        entry.setThrown(new IllegalStateException("why"));
        assertThat(new LogLines.Text().format(entry)).contains("WARN Here: m\njava.lang.IllegalStateException: why");
    }

    @Test
    void writesOneObjectALine() {
        LogRecord entry = entry("a \"quoted\"\nmessage");
        entry.setThrown(new IllegalStateException("why"));
        String line = new LogLines.Json().format(entry);
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
            assertThat(new LogLines.Text().format(entry("m"))).endsWith(" trace_id=0af7651916cd43dd8448eb211c80319c\n");
            assertThat(new LogLines.Json().format(entry("m")))
                    .contains("\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"");
            assertThat(TraceContext.current()).isEqualTo(TRACE);
        }
        assertThat(TraceContext.current()).isEmpty();
        assertThat(TraceContext.traceId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',INFO",
        "trace,FINEST",
        "DEBUG,FINE",
        "notice,INFO",
        "info,INFO",
        "warn,WARNING",
        "warning,WARNING",
        "error,SEVERE",
        "critical,SEVERE",
        "unheard-of,INFO",
        "none,OFF"
    })
    void knowsTheLevelsOfAllHosts(String name, String level) {
        assertThat(LogSetup.level(name)).isEqualTo(Level.parse(level));
    }

    private static LogRecord entry(String message) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("com.wasmcloud.Here");
        entry.setInstant(Instant.ofEpochMilli(1));
        return entry;
    }
}
