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
                .isEqualTo(new LogLevels(Level.parse(level), Map.of(), List.of()));
    }

    @Test
    void isInfoWhenNobodySaysAnything() {
        assertThat(LogLevels.of("", "")).isEqualTo(new LogLevels(Level.INFO, Map.of(), List.of()));
    }

    @Test
    void takesDirectivesWhenTheHostSaysNothing() {
        LogLevels levels = LogLevels.of("", " warn, com.wasmcloud=debug ,io.nats=off,io::netty=error,vertx");
        assertThat(levels.general()).isEqualTo(Level.WARNING);
        assertThat(levels.targets())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "com.wasmcloud", Level.FINE,
                        "io.nats", Level.OFF,
                        "io.netty", Level.SEVERE,
                        "vertx", Level.FINEST));
        assertThat(levels.ignored()).isEmpty();
        assertThat(levels.lowest()).isEqualTo(Level.FINEST);
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
}
