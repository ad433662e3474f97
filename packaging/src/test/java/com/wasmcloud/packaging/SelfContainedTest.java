package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of a self-contained file, started as hosts start it, with a Java that only says how it was called. */
class SelfContainedTest {
    private static final String PRETENDED_JAVA = """
            #!/bin/sh
            printf '%s\\n' "$0" "$$" "$@"
            read -r line && echo "$line"
            exit 7
            """;

    @TempDir
    private Path root;

    private Path cache;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        cache = root.resolve("cache");
        file = make("one");
    }

    @Test
    void becomesItsOwnJavaWithArgumentsStdinAndExitCode() throws Exception {
        Process process = start(file, Map.of());
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write("host data\n".getBytes(UTF_8));
        }
        Run run = finish(process);
        assertThat(run.err).isEmpty();
        assertThat(run.code).isEqualTo(7);
        Path home = onlyFolder();
        assertThat(run.lines())
                .startsWith(home.resolve("bin/java").toString(), Long.toString(process.pid()))
                .contains("-Xmx64m", "-Dours=1", "-XX:SharedArchiveFile=" + home.resolve("provider.jsa"))
                .endsWith("-cp", home.resolve("provider.jar").toString(), "Main", "one", "two words", "host data");
        assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(home.resolve("lib/server/libjvm.so")).hasContent("the machine one");
    }

    @Test
    void unpacksOnceHoweverManyStartAtTheSameTime() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int count = 0; count < 6; count++) {
            Process process = start(file, Map.of());
            process.getOutputStream().close();
            processes.add(process);
        }
        for (Process process : processes) {
            Run run = finish(process);
            assertThat(run.err).isEmpty();
            assertThat(run.code).isEqualTo(7);
        }
        Path home = onlyFolder();
        Object before = Files.readAttributes(home, "unix:ino").get("ino");
        assertThat(run(file, Map.of()).code).isEqualTo(7);
        assertThat(Files.readAttributes(home, "unix:ino").get("ino")).isEqualTo(before);
    }

    @Test
    void unpacksAgainWhatIsBroken() throws Exception {
        run(file, Map.of());
        Path home = onlyFolder();
        List<Breakage> breakages = List.of(
                () -> Files.delete(home.resolve("provider.jar")),
                () -> Files.writeString(home.resolve("lib/server/libjvm.so"), "cut"),
                () -> Files.writeString(home.resolve("provider.jsa"), "THE CLASSES one"),
                () -> Folder.delete(home.resolve("lib")));
        for (Breakage breakage : breakages) {
            breakage.happens();
            Run run = run(file, Map.of());
            assertThat(run.err).isEmpty();
            assertThat(run.code).isEqualTo(7);
            assertThat(home.resolve("lib/server/libjvm.so")).hasContent("the machine one");
            assertThat(home.resolve("provider.jsa")).hasContent("the classes one");
            assertThat(home.resolve("provider.jar")).exists();
        }
    }

    @Test
    void removesOtherVersionsThatNobodyUses() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "no flock here: old versions stay");
        Process running = start(file, Map.of());
        awaitLine(running);
        Path used = onlyFolder();
        Path next = make("two");
        run(next, Map.of());
        assertThat(used).exists();

        running.getOutputStream().close();
        finish(running);
        Path last = make("three");
        run(last, Map.of());
        Instant deadline = Instant.now().plusSeconds(20);
        while (folders().size() > 1 && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        assertThat(onlyFolder().resolve("provider.jsa")).hasContent("the classes three");
    }

    @Test
    void refusesAFolderThatOthersCouldHaveWritten() throws Exception {
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(cache));
        for (String folder : List.of(open.toString(), link.toString(), "relative", root + "/a:b", "/dev/null/cache")) {
            assertRefused(run(file, Map.of("WASMCLOUD_JAVA_CACHE", folder)), "WASMCLOUD_JAVA_CACHE");
        }
    }

    @Test
    void refusesAFolderOfAnotherUser() throws Exception {
        assumeTrue(isRoot(), "only root can make a folder of another user");
        Files.createDirectory(
                cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(cache, "unix:uid", 12345);
        assertRefused(run(file, Map.of()), "belongs to another user");
    }

    @Test
    void saysThatItIsCutShort() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 700));
        assertRefused(run(file, Map.of()), "is not whole: it has " + (whole.length - 700) + " of " + whole.length);
        assertThat(folders()).isEmpty();
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        assumeTrue(isRoot(), "only root can mount a small disk");
        Files.createDirectory(cache);
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=8k,mode=0700", "tmpfs", cache.toString())
                .redirectErrorStream(true)
                .start();
        assumeTrue(mount.waitFor() == 0, "no file system can be mounted here");
        try {
            assertRefused(run(file, Map.of()), "No space left on device", "WASMCLOUD_JAVA_CACHE");
            assertThat(folders()).isEmpty();
        } finally {
            new ProcessBuilder("umount", cache.toString()).start().waitFor();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void assertRefused(Run run, String... reasons) {
        assertThat(run.code).isEqualTo(1);
        assertThat(run.out).isEmpty();
        assertThat(run.err.lines())
                .singleElement()
                .asString()
                .startsWith("provider: cannot start: ")
                .contains(reasons);
    }

    private Path make(String content) throws IOException {
        Path folder = root.resolve("home-" + content);
        write(folder.resolve("bin/java"), PRETENDED_JAVA);
        Files.setPosixFilePermissions(folder.resolve("bin/java"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write(folder.resolve("lib/server/libjvm.so"), "the machine " + content);
        write(folder.resolve("lib/modules"), "modules".repeat(2000));
        write(folder.resolve("legal/java.base/LICENSE"), "a licence");
        write(folder.resolve("provider.jar"), "a jar");
        write(folder.resolve("provider.jsa"), "the classes " + content);
        Inputs inputs = inputs(root);
        Folder.normalize(folder, inputs.time());
        Home home = new Home(folder, new Jdk(folder, "25.0.3", "us"), List.of());
        return SelfContained.write(inputs, home, "linux-x86_64", root.resolve("file-" + content));
    }

    static Inputs inputs(Path target) {
        return new Inputs(
                "provider",
                "1.2.3",
                "A provider",
                "Main",
                "-Dours=1",
                64,
                8,
                target.resolve("stored.jar"),
                target.resolve("classes"),
                Path.of("../launcher/src/main/resources/com/wasmcloud/launcher/launcher.sh"),
                Instant.parse("2026-11-23T00:00:00Z"),
                Optional.empty(),
                "https://example.org/source",
                target);
    }

    private static void write(Path path, String content) throws IOException {
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, content, StandardOpenOption.CREATE);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.toList();
        }
    }

    private Path onlyFolder() throws IOException {
        assertThat(folders()).hasSize(1);
        return folders().get(0);
    }

    private Run run(Path executable, Map<String, String> environment) throws Exception {
        Process process = start(executable, environment);
        process.getOutputStream().close();
        return finish(process);
    }

    private Process start(Path executable, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(executable.toString(), "one", "two words");
        Map<String, String> variables = new HashMap<>(Map.of("WASMCLOUD_JAVA_CACHE", cache.toString()));
        variables.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Its Java runs then. */
    private static void awaitLine(Process process) throws IOException {
        assertThat(process.getInputStream().read()).isEqualTo('/');
    }

    private static Run finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private interface Breakage {
        void happens() throws IOException;
    }

    private record Run(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }
}
