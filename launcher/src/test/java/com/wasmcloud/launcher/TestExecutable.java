package com.wasmcloud.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * The script in front of every executable with a jar behind it, started as hosts start it, that looks for Java, processes and
 * control groups under one folder only. Mostly with Javas that only say how they were called.
 */
final class TestExecutable {
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

    private final Path root;
    private final Path file;

    /** What became of a process. */
    record Run(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    TestExecutable(Path root, String name) throws IOException {
        this.root = root;
        file = root.resolve(name);
        String script = Files.readString(Path.of("src/main/resources/com/wasmcloud/launcher/launcher.sh"))
                .replaceAll("(?<=[ <=])/(usr|opt|Library|proc|sys)/", root + "/$1/")
                .replace("@name@", "provider")
                .replace("@heap.max@", "64")
                .replace("@heap.young@", "16")
                .replace("@java.options@", "")
                .replace("@main.class@", Echo.class.getName())
                .replace("@digest@", "abc");
        Files.createDirectories(root.resolve(name).getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(script.getBytes(UTF_8));
            String entry = Echo.class.getName().replace('.', '/') + ".class";
            try (JarOutputStream jar = new JarOutputStream(out);
                    InputStream bytes = TestExecutable.class.getClassLoader().getResourceAsStream(entry)) {
                jar.putNextEntry(new ZipEntry(entry));
                assertThat(bytes).isNotNull().satisfies(found -> found.transferTo(jar));
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path file() {
        return file;
    }

    /** Puts a Java where the executable may find it, and gives its home. */
    Path java(String home, String version) throws IOException {
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

    /** Puts the process into control groups, one of which has a limit of memory. */
    void cgroup(String groups, String limitFile, String limit) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/cgroup"), groups);
        Files.createDirectories(root.resolve(limitFile).getParent());
        Files.writeString(root.resolve(limitFile), limit + "\n");
    }

    /** Runs it to its end. */
    Run start(Map<String, String> environment) throws Exception {
        return finish(process(environment));
    }

    /** Starts it with nothing else in its environment. */
    Process process(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(file.toString(), "one", "two words");
        builder.environment().clear();
        builder.environment().put("WASMCLOUD_JAVA_CACHE", "");
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Run finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    /** What is in the jar: says what it was given. */
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
