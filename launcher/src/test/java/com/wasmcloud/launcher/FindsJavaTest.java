package com.wasmcloud.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Java an executable starts. */
class FindsJavaTest {
    @TempDir
    private Path root;

    private TestExecutable executable;

    @BeforeEach
    void assemble() throws IOException {
        executable = new TestExecutable(root, "a folder/provider");
    }

    @Test
    void takesTheNewestJavaInTheUsualPlaces() throws Exception {
        executable.java("opt/jdk8", "1.8.0_392");
        executable.java("usr/lib/jvm/java-17", "17.0.15");
        Path newest = executable.java("opt/jdk-21", "21.0.2");
        executable.java("usr/local/jdk9", "9.0.4");
        assertThat(executable.start(Map.of()).lines())
                .first()
                .isEqualTo(newest.resolve("bin/java").toString());
    }

    @Test
    void prefersJavaHomeUnlessItIsTooOld() throws Exception {
        Path newest = executable.java("usr/lib/jvm/java-25", "25");
        Path chosen = executable.java("home/java-17", "17.0.15");
        Path old = executable.java("home/java-11", "11.0.20");
        assertThat(executable.start(Map.of("JAVA_HOME", chosen.toString())).lines())
                .first()
                .asString()
                .startsWith(chosen.toString());
        assertThat(executable.start(Map.of("JAVA_HOME", old.toString())).lines())
                .first()
                .asString()
                .startsWith(newest.toString());
    }

    @Test
    void passesOverAJavaThatIsNotWhole() throws Exception {
        Files.delete(executable.java("usr/lib/jvm/java-25", "25").resolve("lib/modules"));
        Files.delete(executable.java("usr/lib/jvm/java-21", "21").resolve("bin/java"));
        Path whole = executable.java("usr/lib/jvm/java-17", "17");
        assertThat(executable.start(Map.of()).lines()).first().asString().startsWith(whole.toString());
    }

    @Test
    void asksTheJavaOfThePathForItsVersion() throws Exception {
        Path bin = executable.java("somewhere", "unknown").resolve("bin");
        assertThat(executable.start(Map.of("PATH", bin.toString())).lines())
                .first()
                .isEqualTo(bin.resolve("java").toString());
    }

    @Test
    void saysWhatToDoWhenThereIsNoJava() throws Exception {
        executable.java("usr/lib/jvm/java-11", "11.0.20");
        TestExecutable.Run run = executable.start(Map.of("PATH", root.toString()));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("provider: cannot start: found no Java 17 or newer")
                .contains("apt-get install", "JAVA_HOME");
    }
}
