package com.wasmcloud.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that a start leaves for the next one. */
class ClassArchiveTest {
    @TempDir
    private Path root;

    private TestExecutable executable;

    @BeforeEach
    void assemble() throws IOException {
        executable = new TestExecutable(root, "a folder/provider");
    }

    @Test
    void mapsTheClassesOfAnEarlierStart() throws Exception {
        executable.java("opt/jdk", "17.0.15");
        Path cache = root.resolve("cache");
        Map<String, String> environment = Map.of("WASMCLOUD_JAVA_CACHE", cache.toString());
        assertThat(executable.start(environment).out())
                .contains("-XX:DumpLoadedClassList=" + cache, "-XX:-BytecodeVerificationRemote");
        assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        Path archive = awaitArchive(cache);
        assertThat(executable.start(environment).out())
                .contains("-XX:SharedArchiveFile=" + archive)
                .doesNotContain("Verification");
    }

    @Test
    void makesANewArchiveForAFileThatIsOfAnotherTime() throws Exception {
        executable.java("opt/jdk", "17.0.15");
        Path cache = root.resolve("cache");
        Map<String, String> environment = Map.of("WASMCLOUD_JAVA_CACHE", cache.toString());
        executable.start(environment);
        awaitArchive(cache);
        for (int seconds : new int[] {60, -60}) {
            Files.setLastModifiedTime(
                    executable.file(), FileTime.from(Instant.now().plusSeconds(seconds)));
            assertThat(executable.start(environment).out()).contains("-XX:DumpLoadedClassList=" + cache);
            Path archive = awaitArchive(cache);
            assertThat(executable.start(environment).out()).contains("-XX:SharedArchiveFile=" + archive);
        }
    }

    @Test
    void startsWithoutACacheThatOthersCouldHaveWritten() throws Exception {
        executable.java("opt/jdk", "17");
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
        Path own = Files.createDirectory(
                root.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path link = Files.createSymbolicLink(root.resolve("link"), own);
        for (String cache : List.of("", "relative", open.toString(), link.toString(), "/dev/null/cache")) {
            TestExecutable.Run run = executable.start(Map.of("WASMCLOUD_JAVA_CACHE", cache));
            assertThat(run.out()).as(cache).doesNotContain("ClassList", "Archive", "tmpdir");
            assertThat(run.err()).as(cache).isEmpty();
            assertThat(run.exitCode()).as(cache).isZero();
        }
        assertThat(executable
                        .start(Map.of("WASMCLOUD_JAVA_CACHE", own.toString()))
                        .out())
                .contains("ClassList");
    }

    @Test
    void namesTheConstantsForTheArchiveOfNewerJavas() throws Exception {
        executable.java("opt/jdk", "24.0.1");
        Path cache = root.resolve("cache");
        Map<String, String> environment = Map.of("WASMCLOUD_JAVA_CACHE", cache.toString());
        executable.start(environment);
        assertThat(Files.readString(awaitArchive(cache))).endsWith("named\narchive\n");
    }

    @Test
    void makesNoArchiveWhereMemoryIsShort() throws Exception {
        executable.java("opt/jdk", "17");
        Map<String, String> environment =
                Map.of("WASMCLOUD_JAVA_CACHE", root.resolve("cache").toString());
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        assertThat(executable.start(environment).out()).doesNotContain("ClassList");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "max");
        executable.start(environment);
        Path archive = awaitArchive(root.resolve("cache"));
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        assertThat(executable.start(environment).out()).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void usesNoArchiveWhoseHeapTheUserMadeTooSmall() throws Exception {
        executable.java("opt/jdk", "17");
        for (String option : List.of("-Xms8m", "-Xmn14m", "-XX:NewSize=14m")) {
            TestExecutable.Run run = executable.start(Map.of(
                    "WASMCLOUD_JAVA_OPTS",
                    option,
                    "WASMCLOUD_JAVA_CACHE",
                    root.resolve("cache").toString()));
            assertThat(run.out()).as(option).doesNotContain("ClassList", "SharedArchive");
        }
    }

    private Path awaitArchive(Path cache) throws IOException {
        Instant deadline = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(deadline)) {
            try (Stream<Path> files = Files.list(cache)) {
                List<Path> found = files.toList();
                if (found.size() == 1
                        && Files.getLastModifiedTime(found.get(0))
                                .equals(Files.getLastModifiedTime(executable.file()))) {
                    return found.get(0);
                }
            } catch (UncheckedIOException | NoSuchFileException e) {
                Thread.onSpinWait(); // a file that was being removed
            }
        }
        throw new AssertionError("no archive in " + cache);
    }
}
