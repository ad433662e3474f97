package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.provider.support.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
    private static final Instant TIME = Instant.parse("2026-11-23T20:53:00.123456Z");
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final LogLine.Origin ORIGIN =
            new LogLine.Origin("MACTOR", "default", Optional.of("00-" + TRACE_ID + "-b7ad6b7169203331-01"));

    @Test
    void textNamesWhoWroteTheLine() {
        assertThat(text("warn", "it is hot"))
                .isEqualTo("2026-11-23T20:53:00.123Z WARN actor=MACTOR link=default trace_id=" + TRACE_ID
                        + ": it is hot\n");
    }

    @Test
    void jsonNamesWhoWroteTheLine() {
        LogLine line = LogLine.of(TIME, ORIGIN, new LogEntry("Warning", "it is hot", Optional.of("sun")), 100);
        assertThat(LineFormat.JSON.form(line))
                .isEqualTo("{\"timestamp\":\"2026-11-23T20:53:00.123Z\",\"level\":\"warn\",\"actor\":\"MACTOR\","
                        + "\"link\":\"default\",\"trace_id\":\"" + TRACE_ID + "\",\"target\":\"sun\","
                        + "\"message\":\"it is hot\"}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "trace,TRACE",
        "Debug,DEBUG",
        "INFO,INFO",
        "information,INFO",
        "notice,INFO",
        "warn,WARN",
        "WARNING,WARN",
        "error,ERROR",
        "Err,ERROR",
        "critical,ERROR",
        "FATAL,ERROR",
        "panic,ERROR",
        "' Error ',ERROR"
    })
    void knowsLevelsInAnyCaseAndByOtherNames(String name, Severity severity) {
        assertThat(Severity.of(name)).contains(severity);
        assertThat(text(name, "m")).contains(" " + severity + " actor=").doesNotContain("level=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "loud", "warn\nERROR actor=MOTHER", "\"} error", "ıNFO"})
    void takesAnUnknownLevelForInfoAndMarksIt(String level) {
        String text = text(level, "m");
        assertThat(text).startsWith("2026-11-23T20:53:00.123Z INFO level=\"").matches("[^\\n]*\\n");
        assertThat(Json.object(json(level, "m"))).containsEntry("level", "info").containsEntry("unknown_level", level);
    }

    @Test
    void anUnknownLevelIsNotEndless() {
        assertThat(text("x".repeat(1_000_000), "m")).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n2026-11-23T20:53:00.123Z ERROR actor=MOTHER link=default: forged",
                "a\r\nb",
                "a\u0085b",
                "a\u2028b\u2029c",
                "a\u000bb\fc\u0000d",
                "\u001b[1A\u001b[2Kgone",
                "a\u009b2Jb",
                "\u202etxet\u202c \u2066x\u2069 \u200f"
            })
    void noTextLeavesItsLine(String hostile) {
        LogEntry entry = new LogEntry("info", hostile, Optional.of(hostile));
        LogLine line = LogLine.of(TIME, ORIGIN, entry, 1000);

        String text = LineFormat.TEXT.form(line);
        assertThat(text).matches("[ -~]+\\n").startsWith("2026-11-23T20:53:00.123Z INFO actor=MACTOR link=default ");

        String json = LineFormat.JSON.form(line);
        assertThat(json).matches("[ -~]+\\n");
        assertThat(Json.object(json)).containsEntry("message", hostile).containsEntry("target", hostile);
    }

    @Test
    void noTargetLooksLikeAnotherField() {
        LogEntry entry = new LogEntry("info", "m", Optional.of("a\\\" actor=\"MOTHER"));
        assertThat(LineFormat.TEXT.form(LogLine.of(TIME, ORIGIN, entry, 1000)))
                .endsWith(" target=\"a\\\\\\\" actor=\\\"MOTHER\": m\n");
    }

    @Test
    void leavesTextOfAllLanguagesAsItIs() {
        assertThat(text("info", "Größe \"3\" \\n 日本 👩‍👩‍👧")).endsWith(": Größe \"3\" \\n 日本 👩‍👩‍👧\n");
    }

    @Test
    void cutsLongTextAndSaysHowMuchIsMissing() {
        LogLine line = LogLine.of(TIME, ORIGIN, new LogEntry("info", "abc👍def", Optional.empty()), 4);
        assertThat(LineFormat.TEXT.form(line)).endsWith(": abc…[5 more characters cut]\n");
        assertThat(Json.object(LineFormat.JSON.form(line)))
                .containsEntry("message", "abc")
                .containsEntry("cut", 5);
    }

    @ParameterizedTest
    @EnumSource(LineFormat.class)
    void aLineOfTheProviderNamesNoActor(LineFormat format) {
        assertThat(format.form(LogLine.ours(TIME, "3 entries were dropped")))
                .doesNotContain("actor")
                .contains("logging-provider")
                .contains("3 entries were dropped");
    }

    private static String text(String level, String text) {
        return LineFormat.TEXT.form(LogLine.of(TIME, ORIGIN, new LogEntry(level, text, Optional.empty()), 1000));
    }

    private static String json(String level, String text) {
        return LineFormat.JSON.form(LogLine.of(TIME, ORIGIN, new LogEntry(level, text, Optional.empty()), 1000));
    }
}
