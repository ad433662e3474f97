package com.wasmcloud.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executable hands to Java, and how it becomes that. */
class LauncherTest {
    @TempDir
    private Path root;

    private TestExecutable executable;

    @BeforeEach
    void assemble() throws IOException {
        executable = new TestExecutable(root, "a folder/provider");
    }

    @Test
    void becomesJavaWithItsArgumentsStdinAndExitCode() throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"), "LANG", "C");
        Process process = executable.process(environment);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write("höst data\nleft over".getBytes(UTF_8));
        }
        TestExecutable.Run run = TestExecutable.finish(process);
        assertThat(run.lines()).containsExactly("[one, two words]", "höst data", Long.toString(process.pid()), "UTF-8");
        assertThat(run.err()).isEqualTo("€\n");
        assertThat(run.exitCode()).isEqualTo(7);
    }

    @Test
    void keepsStdoutEmptyWhenTheJvmComplains() throws Exception {
        TestExecutable.Run run = executable.start(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "WASMCLOUD_JAVA_OPTS", "-Xms512m"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("heap size");
    }

    @Test
    void letsTheOptionsOfTheUserWin() throws Exception {
        executable.java("opt/jdk", "17");
        List<String> lines = executable
                .start(Map.of("WASMCLOUD_JAVA_OPTS", " -Xmx1g  -Dpattern=* "))
                .lines();
        assertThat(lines.indexOf("-Xmx1g")).isGreaterThan(lines.indexOf("-Xmx64m"));
        assertThat(lines)
                .containsSubsequence(
                        "-Dpattern=*",
                        "-cp",
                        executable.file().toString(),
                        TestExecutable.Echo.class.getName(),
                        "one",
                        "two words");
        assertThat(lines).contains("-XX:+UseSerialGC");
        assertThat(executable
                        .start(Map.of("WASMCLOUD_JAVA_OPTS", "-Xmx1g -XX:+UseZGC"))
                        .out())
                .doesNotContain("UseSerialGC"); // the JVM refuses two
    }

    @Test
    void silencesTheWarningsOfNewerJavas() throws Exception {
        executable.java("opt/jdk", "17");
        assertThat(executable.start(Map.of()).out()).doesNotContain("--");
        executable.java("opt/jdk", "24.0.1");
        assertThat(executable.start(Map.of()).lines())
                .contains("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void refusesAPathThatJavaWouldSplit() throws Exception {
        executable.java("opt/jdk", "17");
        TestExecutable.Run run = new TestExecutable(root, "a:b/provider").start(Map.of());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("a:b/provider").endsWith("use a path without it\n");
    }
}
