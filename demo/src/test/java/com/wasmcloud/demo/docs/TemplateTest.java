package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.archive.ProviderArchive;
import com.wasmcloud.testkit.servers.Commands;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.verify.Finding;
import com.wasmcloud.testkit.verify.Verification;
import com.wasmcloud.testkit.verify.VerificationRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The project of a new provider builds as it is, outside of this one, with everything that is shipped of it. */
@ExtendWith(Servers.class)
class TemplateTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final String SCRIPT = ROOT.resolve("template/new-provider").toString();
    private static final Pattern OWN = Pattern.compile("<(artifactId|version)>([^<]+)</");
    private static final double PATIENT = 20;
    private static final Duration BUSY_MACHINE = Duration.ofMinutes(15);

    private final NatsServer nats;
    private final Path folder;
    private final List<Path> links = new ArrayList<>();

    TemplateTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.folder = folder;
    }

    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void makesAProviderThatKeepsTheProtocolAndCanBeShipped() throws IOException {
        Path project = folder.resolve("dice-provider");
        Commands.check(SCRIPT, project.toString(), "com.example.dice", "dice", "acme:dice");
        Path built = project.resolve("target");
        assertThat(project.resolve("src/dist/classes"))
                .content()
                .contains("com/wasmcloud/provider:")
                .doesNotContain("wasmcloud/logging", "contract/logging");
        List<String> build = List.of(
                "mvn", "-B", "-q", "-f", project.toString(), "-Dmaven.repo.local=" + repository(), "-Pdist", "verify");
        Commands.Outcome outcome = Commands.run(build, BUSY_MACHINE);
        assertThat(outcome.code()).as(outcome.output()).isZero();

        ImageOnEngine.check(built.resolve("dice-provider"), built.resolve("dist/dice-provider-image.tar"), nats);
        verify(
                built.resolve("dice-provider"),
                List.of(
                        "start/answers-health",
                        "links/put ",
                        "calls/",
                        "forgeries/another-issuer",
                        "shutdown/of-its-host"));
        verify(
                withoutJava(unpacked(built.resolve("dist/dice-provider.par.gz"))),
                List.of("start/answers-health", "links/put ", "shutdown/of-its-host"));
    }

    private void verify(Path executable, List<String> checks) {
        Verification verification =
                Verification.of(executable, "acme:dice").slack(PATIENT).only(checks);
        try (VerificationRun run = verification.start(nats)) {
            assertThat(run.checks().map(run::play))
                    .isNotEmpty()
                    .allMatch(finding -> finding.status() == Finding.Status.PASSED);
        }
    }

    /** The self-contained file, as a host takes it out of the archive. */
    private Path unpacked(Path archive) throws IOException {
        assertThat(ProviderArchive.read(archive).claims().about().contractId()).isEqualTo("acme:dice");
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Commands.check("tar", "-xzf", archive.toString(), "-C", unpacked.toString());
        Path executable = only(unpacked, "*.bin");
        assertThat(executable).hasSameBinaryContentAs(only(archive.resolveSibling("."), "dice-provider-linux-*"));
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
        return executable;
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            return found.iterator().next();
        }
    }

    /** The same as it starts on a machine that has no Java. */
    private Path withoutJava(Path executable) throws IOException {
        Path java = Path.of("/usr/lib/jvm");
        String hide = "mount -t tmpfs none %s && ! test -e %s/*/bin/java".formatted(java, java);
        if (!Files.exists(java)
                || Commands.run(List.of("unshare", "-m", "sh", "-c", hide)).code() != 0) {
            System.out.println("one cannot hide " + java + " here: the self-contained file is started beside it");
            return executable;
        }
        Path script = folder.resolve("without-java");
        Files.writeString(script, """
                #!/bin/sh
                exec /usr/bin/unshare -m /bin/sh -c '/bin/mount -t tmpfs none %s && unset PATH && exec "$0"' %s
                """.formatted(java, executable));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void refusesNamesThatCannotBeUsed() throws IOException {
        Path project = folder.resolve("project");
        List<String> wrong = List.of(SCRIPT, project.toString(), "com.Example", "dice", "acme:dice");
        assertThat(Commands.run(wrong).output()).contains("PACKAGE must be one of Java");
        assertThat(Commands.run(wrong).code()).isEqualTo(2);
        assertThat(project).doesNotExist();
    }

    /** A local repository with what {@code mvn install} would put there, beside links to the libraries that are known. */
    private Path repository() throws IOException {
        Path known =
                Path.of(System.getProperty("localRepository", System.getProperty("user.home", "") + "/.m2/repository"));
        Path made = folder.resolve("repository");
        Path com = Files.createDirectories(made.resolve("com"));
        link(known, made, "com");
        link(known.resolve("com"), com, "wasmcloud");
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path target = module.endsWith("target") ? module : module.resolve("target"); // the project's own, too
                if (Files.exists(target.resolve(".flattened-pom.xml"))) {
                    install(target, com.resolve("wasmcloud"));
                }
            }
        }
        return made;
    }

    private void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith(except)) {
                    links.add(Files.createSymbolicLink(to.resolve(entry.getFileName()), entry));
                }
            }
        }
    }

    private static void install(Path target, Path group) throws IOException {
        Path pom = target.resolve(".flattened-pom.xml");
        String text = Files.readString(pom).replaceAll("(?s)<dependenc.*|<build>.*", "");
        String artifact = "";
        String version = "";
        for (MatchResult found : OWN.matcher(text).results().toList()) {
            artifact = found.group(1).equals("artifactId") ? found.group(2) : artifact;
            version = found.group(1).equals("version") ? found.group(2) : version;
        }
        String name = artifact + "-" + version;
        Path to = Files.createDirectories(group.resolve(artifact).resolve(version));
        Files.copy(pom, to.resolve(name + ".pom"));
        for (String jar : List.of(name + ".jar", name + "-tests.jar")) {
            if (Files.exists(target.resolve(jar))) {
                Files.copy(target.resolve(jar), to.resolve(jar));
            }
        }
    }
}
