package com.wasmcloud.testkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.Commands;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The project of a new provider compiles as it is, and its provider keeps the protocol. */
@ExtendWith(Servers.class)
class TemplateTest {
    private static final Path SCRIPT = Path.of(System.getProperty("basedir", "."), "..", "template", "new-provider")
            .toAbsolutePath()
            .normalize();
    private static final double PATIENT = 20;

    private final NatsServer nats;
    private final Path folder;

    TemplateTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.folder = folder;
    }

    @Test
    void makesAProviderThatKeepsTheProtocol() throws IOException {
        Path project = folder.resolve("dice-provider");
        Commands.check(SCRIPT.toString(), project.toString(), "com.example.dice", "dice", "acme:dice");
        assertThat(allFiles(project)).as("nothing is left to fill in").noneMatch(file -> read(file)
                .contains("@CLASS@"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(allFiles(project), classes);
        List<String> checks = List.of(
                "start/answers-health", "links/put ", "calls/", "forgeries/another-issuer", "shutdown/of-its-host");
        Verification verification =
                Verification.of(executable(classes), "acme:dice").slack(PATIENT).only(checks);
        try (VerificationRun run = verification.start(nats)) {
            assertThat(run.checks().map(run::play)).isNotEmpty().allMatch(finding -> finding.status() == Status.PASSED);
        }
    }

    @Test
    void refusesNamesThatCannotBeUsed() throws IOException {
        Path project = folder.resolve("project");
        List<String> wrong = List.of(SCRIPT.toString(), project.toString(), "com.Example", "dice", "acme:dice");
        assertThat(Commands.run(wrong).output()).contains("PACKAGE must be one of Java");
        assertThat(Commands.run(wrong).code()).isEqualTo(2);
        assertThat(project).doesNotExist();
    }

    private static List<Path> allFiles(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void compile(List<Path> files, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = files.stream()
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
            List<String> options = List.of(
                    "-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(
                                    said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
    }

    private Path executable(Path classes) throws IOException {
        Path file = Files.writeString(
                folder.resolve("dice"),
                "#!/bin/sh\nexec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -cp '%s:%s' com.example.dice.DiceProvider\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                classes,
                                System.getProperty("java.class.path")));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
