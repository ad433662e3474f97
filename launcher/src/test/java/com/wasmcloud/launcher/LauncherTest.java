package com.wasmcloud.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in front of every executable, started as hosts start it, mostly with Javas that only say how they were called. */
class LauncherTest {

    /** Prints its own path and its arguments; makes the files that a JVM makes for the options it is given. */
    private static final String PRETENDED_JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "21.0.2" 2024-01-16' >&2; exit; fi
            for option; do
              case $option in
              -XX:DumpLoadedClassList=*) /usr/bin/seq 3000 >"${option#*=}" ;;
              -XX:SharedClassListFile=*) list=${option#*=} ;;
              -XX:SharedArchiveFile=*.new) /usr/bin/tail -n 1 "$list" >"${option#*=}"; echo archive >>"${option#*=}" ;;
              com.wasmcloud.launcher.ClassList) echo named; exit ;;
              esac
            done
            printf '%s\\n' "$0" "$@"
            """;

    @TempDir
    private Path root;

    private Path executable;

    @BeforeEach
    void assemble() throws IOException {
        executable = assemble(root.resolve("a folder/provider"));
    }

    @Test
    void takesTheNewestJavaInTheUsualPlaces() throws Exception {
        java("opt/jdk8", "1.8.0_392");
        java("usr/lib/jvm/java-17", "17.0.15");
        Path newest = java("opt/jdk-21", "21.0.2");
        java("usr/local/jdk9", "9.0.4");
        assertThat(start(Map.of()).lines())
                .first()
                .isEqualTo(newest.resolve("bin/java").toString());
    }

    @Test
    void prefersJavaHomeUnlessItIsTooOld() throws Exception {
        Path newest = java("usr/lib/jvm/java-25", "25");
        Path chosen = java("home/java-17", "17.0.15");
        Path old = java("home/java-11", "11.0.20");
        assertThat(start(Map.of("JAVA_HOME", chosen.toString())).lines())
                .first()
                .asString()
                .startsWith(chosen.toString());
        assertThat(start(Map.of("JAVA_HOME", old.toString())).lines())
                .first()
                .asString()
                .startsWith(newest.toString());
    }

    @Test
    void passesOverAJavaThatIsNotWhole() throws Exception {
        Files.delete(java("usr/lib/jvm/java-25", "25").resolve("lib/modules"));
        Files.delete(java("usr/lib/jvm/java-21", "21").resolve("bin/java"));
        Path whole = java("usr/lib/jvm/java-17", "17");
        assertThat(start(Map.of()).lines()).first().asString().startsWith(whole.toString());
    }

    @Test
    void asksTheJavaOfThePathForItsVersion() throws Exception {
        Path bin = java("somewhere", "unknown").resolve("bin");
        assertThat(start(Map.of("PATH", bin.toString())).lines())
                .first()
                .isEqualTo(bin.resolve("java").toString());
    }

    @Test
    void saysWhatToDoWhenThereIsNoJava() throws Exception {
        java("usr/lib/jvm/java-11", "11.0.20");
        Run run = start(Map.of("PATH", root.toString()));
        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.out).isEmpty();
        assertThat(run.err.lines())
                .singleElement()
                .asString()
                .startsWith("provider: cannot start: found no Java 17 or newer")
                .contains("apt-get install", "JAVA_HOME");
    }

    @Test
    void refusesAPathThatJavaWouldSplit() throws Exception {
        java("opt/jdk", "17");
        Run run = start(assemble(root.resolve("a:b/provider")), Map.of());
        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err).contains("a:b/provider").endsWith("use a path without it\n");
    }

    @Test
    void letsTheOptionsOfTheUserWin() throws Exception {
        java("opt/jdk", "17");
        List<String> lines =
                start(Map.of("WASMCLOUD_JAVA_OPTS", " -Xmx1g  -Dpattern=* ")).lines();
        assertThat(lines.indexOf("-Xmx1g")).isGreaterThan(lines.indexOf("-Xmx64m"));
        assertThat(lines)
                .containsSubsequence(
                        "-Dpattern=*", "-cp", executable.toString(), Echo.class.getName(), "one", "two words");
        assertThat(lines).contains("-XX:+UseSerialGC");
        assertThat(start(Map.of("WASMCLOUD_JAVA_OPTS", "-Xmx1g -XX:+UseZGC")).out)
                .doesNotContain("UseSerialGC"); // the JVM refuses two
    }

    @Test
    void aHeapOfGivenSizeWhereMemoryHasNoLimit() throws Exception {
        java("opt/jdk", "17");
        assertThat(start(Map.of()).lines()).contains("-Xmx64m", "-XX:MaxDirectMemorySize=32m");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "max");
        assertThat(start(Map.of()).lines()).contains("-Xmx64m");
        cgroup("5:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        assertThat(start(Map.of()).lines()).contains("-Xmx64m");
    }

    @Test
    void theHeapFollowsTheMemoryLimitOfAContainer() throws Exception {
        java("opt/jdk", "17");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        assertThat(start(Map.of()).lines()).contains("-Xmx128m", "-XX:MaxDirectMemorySize=64m");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "1073741824");
        assertThat(start(Map.of()).lines()).contains("-Xmx704m");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "67108864");
        assertThat(start(Map.of()).lines()).contains("-Xmx24m");
    }

    @Test
    void theLimitOfTheOldControlGroupsCounts() throws Exception {
        java("opt/jdk", "17");
        cgroup(
                "5:cpu,cpuacct:/other\n4:hugetlb,memory:/docker/4711\n0::/\n",
                "sys/fs/cgroup/memory/memory.limit_in_bytes",
                "268435456");
        assertThat(start(Map.of()).lines()).contains("-Xmx128m");
    }

    @Test
    void theLeastOfTheLimitsAboveCounts() throws Exception {
        java("opt/jdk", "17");
        cgroup("0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/memory.max", "268435456");
        cgroup("0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/a.service/memory.max", "536870912");
        assertThat(start(Map.of()).lines()).contains("-Xmx128m");
    }

    @Test
    void ownLimitsOfTheUserWinOverThatOfTheContainer() throws Exception {
        java("opt/jdk", "17");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        List<String> lines = start(Map.of("WASMCLOUD_JAVA_OPTS", "-Xmx200m")).lines();
        assertThat(lines.indexOf("-Xmx200m")).isGreaterThan(lines.indexOf("-Xmx128m"));
    }

    @Test
    void makesNoArchiveWhereMemoryIsShort() throws Exception {
        java("opt/jdk", "17");
        Map<String, String> environment =
                Map.of("WASMCLOUD_JAVA_CACHE", root.resolve("cache").toString());
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        assertThat(start(environment).out).doesNotContain("ClassList");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "max");
        start(environment);
        Path archive = awaitArchive(root.resolve("cache"));
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        assertThat(start(environment).out).contains("-XX:SharedArchiveFile=" + archive);
    }

    private void cgroup(String groups, String file, String limit) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/cgroup"), groups);
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), limit + "\n");
    }

    @Test
    void usesNoArchiveWhoseHeapTheUserMadeTooSmall() throws Exception {
        java("opt/jdk", "17");
        for (String option : List.of("-Xms8m", "-Xmn14m", "-XX:NewSize=14m")) {
            Run run = start(Map.of(
                    "WASMCLOUD_JAVA_OPTS",
                    option,
                    "WASMCLOUD_JAVA_CACHE",
                    root.resolve("cache").toString()));
            assertThat(run.out).as(option).doesNotContain("ClassList", "SharedArchive");
        }
    }

    @Test
    void makesThePartForNewObjectsSmallInASmallHeap() throws Exception {
        java("opt/jdk", "17");
        assertThat(start(Map.of()).lines()).contains("-Xms24m", "-Xmn16m", "-Xmx64m");
        assertThat(start(Map.of("WASMCLOUD_JAVA_OPTS", "-Xmx20m")).lines()).contains("-Xms16m", "-Xmn8m", "-Xmx20m");
        cgroup("0::/\n", "sys/fs/cgroup/memory.max", "109051904");
        assertThat(start(Map.of()).lines()).contains("-Xms16m", "-Xmn8m", "-Xmx24m");
    }

    @Test
    void silencesTheWarningsOfNewerJavas() throws Exception {
        java("opt/jdk", "17");
        assertThat(start(Map.of()).out).doesNotContain("--");
        java("opt/jdk", "24.0.1");
        assertThat(start(Map.of()).lines())
                .contains("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void becomesJavaWithItsArgumentsStdinAndExitCode() throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"), "LANG", "C");
        Process process = process(executable, environment);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write("höst data\nleft over".getBytes(UTF_8));
        }
        Run run = finish(process);
        assertThat(run.lines()).containsExactly("[one, two words]", "höst data", Long.toString(process.pid()), "UTF-8");
        assertThat(run.err).isEqualTo("€\n");
        assertThat(run.exitCode).isEqualTo(7);
    }

    @Test
    void keepsStdoutEmptyWhenTheJvmComplains() throws Exception {
        Run run = start(Map.of("JAVA_HOME", System.getProperty("java.home"), "WASMCLOUD_JAVA_OPTS", "-Xms512m"));
        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.out).isEmpty();
        assertThat(run.err).contains("heap size");
    }

    @Test
    void mapsTheClassesOfAnEarlierStart() throws Exception {
        java("opt/jdk", "17.0.15");
        Path cache = root.resolve("cache");
        Map<String, String> environment = Map.of("WASMCLOUD_JAVA_CACHE", cache.toString());
        assertThat(start(environment).out)
                .contains("-XX:DumpLoadedClassList=" + cache, "-XX:-BytecodeVerificationRemote");
        assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        Path archive = awaitArchive(cache);
        assertThat(start(environment).out)
                .contains("-XX:SharedArchiveFile=" + archive)
                .doesNotContain("Verification");
    }

    @Test
    void makesANewArchiveForAFileThatIsOfAnotherTime() throws Exception {
        java("opt/jdk", "17.0.15");
        Path cache = root.resolve("cache");
        Map<String, String> environment = Map.of("WASMCLOUD_JAVA_CACHE", cache.toString());
        start(environment);
        awaitArchive(cache);
        for (int seconds : new int[] {60, -60}) {
            Files.setLastModifiedTime(executable, FileTime.from(Instant.now().plusSeconds(seconds)));
            assertThat(start(environment).out).contains("-XX:DumpLoadedClassList=" + cache);
            Path archive = awaitArchive(cache);
            assertThat(start(environment).out).contains("-XX:SharedArchiveFile=" + archive);
        }
    }

    @Test
    void startsWithoutACacheThatOthersCouldHaveWritten() throws Exception {
        java("opt/jdk", "17");
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
        Path own = Files.createDirectory(
                root.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path link = Files.createSymbolicLink(root.resolve("link"), own);
        for (String cache : List.of("", "relative", open.toString(), link.toString(), "/dev/null/cache")) {
            Run run = start(Map.of("WASMCLOUD_JAVA_CACHE", cache));
            assertThat(run.out).as(cache).doesNotContain("ClassList", "Archive", "tmpdir");
            assertThat(run.err).as(cache).isEmpty();
            assertThat(run.exitCode).as(cache).isZero();
        }
        assertThat(start(Map.of("WASMCLOUD_JAVA_CACHE", own.toString())).out).contains("ClassList");
    }

    @Test
    void namesTheConstantsForTheArchiveOfNewerJavas() throws Exception {
        java("opt/jdk", "24.0.1");
        Path cache = root.resolve("cache");
        Map<String, String> environment = Map.of("WASMCLOUD_JAVA_CACHE", cache.toString());
        start(environment);
        assertThat(Files.readString(awaitArchive(cache))).endsWith("named\narchive\n");
    }

    private Path awaitArchive(Path cache) throws IOException {
        Instant deadline = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(deadline)) {
            try (Stream<Path> files = Files.list(cache)) {
                List<Path> found = files.toList();
                if (found.size() == 1
                        && Files.getLastModifiedTime(found.get(0)).equals(Files.getLastModifiedTime(executable))) {
                    return found.get(0);
                }
            } catch (UncheckedIOException | NoSuchFileException e) {
                Thread.onSpinWait(); // a file that was being removed
            }
        }
        throw new AssertionError("no archive in " + cache);
    }

    /** The launcher and a jar with {@link Echo}, looking for Java under our root only. */
    private Path assemble(Path file) throws IOException {
        String script = Files.readString(Path.of("src/main/resources/com/wasmcloud/launcher/launcher.sh"))
                .replaceAll("(?<=[ <=])/(usr|opt|Library|proc|sys)/", root + "/$1/")
                .replace("@name@", "provider")
                .replace("@heap.max@", "64")
                .replace("@heap.young@", "16")
                .replace("@java.options@", "")
                .replace("@main.class@", Echo.class.getName())
                .replace("@digest@", "abc");
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(script.getBytes(UTF_8));
            String entry = Echo.class.getName().replace('.', '/') + ".class";
            try (JarOutputStream jar = new JarOutputStream(out);
                    InputStream bytes = LauncherTest.class.getClassLoader().getResourceAsStream(entry)) {
                jar.putNextEntry(new ZipEntry(entry));
                assertThat(bytes).isNotNull().satisfies(found -> found.transferTo(jar));
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Path java(String home, String version) throws IOException {
        Path folder = root.resolve(home);
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/modules"), "");
        Files.writeString(
                folder.resolve("release"), "IMPLEMENTOR=\"us\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        Path java = Files.writeString(folder.resolve("bin/java"), PRETENDED_JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    private Run start(Map<String, String> environment) throws Exception {
        return start(executable, environment);
    }

    private static Run start(Path executable, Map<String, String> environment) throws Exception {
        return finish(process(executable, environment));
    }

    private static Process process(Path executable, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(executable.toString(), "one", "two words");
        builder.environment().clear();
        builder.environment().put("WASMCLOUD_JAVA_CACHE", "");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Run finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private record Run(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** What the executable of this test runs: says what it was given. */
    public static final class Echo {
        public static void main(String[] arguments) throws IOException {
            System.out.println(List.of(arguments));
            System.out.println(new String(System.in.readAllBytes(), UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow());
            System.out.println(ProcessHandle.current().pid());
            System.out.println(System.getProperty("file.encoding"));
            System.err.println("€");
            System.exit(7);
        }
    }
}
