package com.wasmcloud.provider.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelsTest {
    @ParameterizedTest
    @CsvSource({
        "trace,FINEST",
        "DEBUG,FINE",
        "notice,INFO",
        "info,INFO",
        "warn,WARNING",
        "warning,WARNING",
        "error,SEVERE",
        "critical,SEVERE",
        "none,OFF"
    })
    void knowsTheLevelsOfAllHosts(String name, String level) {
        assertThat(LogLevels.level(name)).isEqualTo(Optional.of(Level.parse(level)));
        assertThat(LogLevels.of(name, "error,io.nats=debug"))
                .isEqualTo(new LogLevels(Level.parse(level), Map.of(), List.of(), List.of()));
    }

    @Test
    void isInfoWhenNobodySaysAnything() {
        assertThat(LogLevels.of("", "")).isEqualTo(new LogLevels(Level.INFO, Map.of(), List.of(), List.of()));
    }

    @Test
    void takesDirectivesWhenTheHostSaysNothing() {
        LogLevels levels = LogLevels.of("", " warn, com.wasmcloud=debug ,io.nats=off,io::netty=error,io.vertx");
        assertThat(levels.general()).isEqualTo(Level.WARNING);
        assertThat(levels.targets())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "com.wasmcloud", Level.FINE,
                        "io.nats", Level.OFF,
                        "io.netty", Level.SEVERE,
                        "io.vertx", Level.FINE));
        assertThat(levels.ignored()).isEmpty();
        assertThat(levels.lowest()).isEqualTo(Level.FINE);
        assertThat(LogLevels.of("error", "").lowest()).isEqualTo(Level.SEVERE);
    }

    @Test
    void takesDirectivesWhenTheHostSaysWhatIsNoLevel() {
        assertThat(LogLevels.of("verbose", "error").general()).isEqualTo(Level.SEVERE);
    }

    @Test
    void keepsWhatItUnderstandsAndNamesTheRest() {
        LogLevels levels = LogLevels.of("", "debug,a=loud,b[span{x=1}]=info,=,c=warn,/regex,,");
        assertThat(levels.general()).isEqualTo(Level.FINE);
        assertThat(levels.targets()).isEqualTo(Map.of("c", Level.WARNING));
        assertThat(levels.ignored()).containsExactly("a=loud", "b[span{x=1}]=info", "=", "/regex");
    }

    @ParameterizedTest
    @CsvSource({
        "software.amazon=trace,software.amazon,INFO",
        "software.amazon.awssdk.request=debug,software.amazon.awssdk.request,INFO",
        "software,software,INFO",
        "io.netty=debug,io.netty,INFO",
        "io::netty=trace,io.netty,INFO",
        "io=trace,io,INFO",
        "io.lettuce=trace,io.lettuce,FINE",
        "io.lettuce.core.protocol.CommandEncoder=trace,io.lettuce.core.protocol.CommandEncoder,FINE",
        "org.apache.http.wire=debug,org.apache.http.wire,INFO",
        "sun.net.www.protocol.http=trace,sun.net.www.protocol.http,INFO",
        "io.opentelemetry=trace,io.opentelemetry,INFO",
        "jdk.internal.httpclient=trace,jdk.internal.httpclient,INFO"
    })
    void keepsLibrariesFromLoggingWhatGoesOverTheWire(String directive, String target, String level) {
        LogLevels levels = LogLevels.of("", directive);
        assertThat(levels.targets()).isEqualTo(Map.of(target, Level.parse(level)));
        assertThat(levels.limited()).containsExactly(target);
    }

    @ParameterizedTest
    @CsvSource({
        "com.wasmcloud=trace,FINEST",
        "com.wasmcloud.httpserver=trace,FINEST",
        "io.lettuce=debug,FINE",
        "io.nats.client=debug,FINE",
        "io.netty=info,INFO",
        "software.amazon=off,OFF"
    })
    void letsOthersLogWhatIsAskedFor(String directive, String level) {
        LogLevels levels = LogLevels.of("", directive);
        assertThat(levels.targets().values()).containsExactly(Level.parse(level));
        assertThat(levels.limited()).isEmpty();
    }
}
