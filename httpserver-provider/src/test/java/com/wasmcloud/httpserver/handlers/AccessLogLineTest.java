package com.wasmcloud.httpserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.httpserver.settings.AccessLogFormat;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessLogLineTest {
    @Test
    void escapesWhatWouldBreakTheCommonLogFormat() {
        String line = AccessLogLine.of(
                AccessLogFormat.COMMON,
                Instant.parse("2026-11-25T10:11:12.345Z"),
                new AccessLogLine.Request("::1", "GET", "/a\"\n\\ \u00e9", "HTTP/2.0"),
                new AccessLogLine.Outcome(404, 12, 5),
                Map.of());

        assertThat(line)
                .isEqualTo("::1 - - [25/Nov/2026:10:11:12 +0000] \"GET /a\\x22\\x0a\\x5c\\x20\\xe9 HTTP/2.0\" 404 12");
    }
}
