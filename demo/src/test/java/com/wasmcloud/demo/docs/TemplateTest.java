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
import java.nio.file.Files;
import java.nio.file.Path;
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

        assertThat(ProviderArchive.read(built.resolve("dist/dice-provider.par.gz"))
                        .claims()
                        .about()
                        .contractId())
                .isEqualTo("acme:dice");
        assertThat(built.resolve("dist/dice-provider-image.tar")).isNotEmptyFile();
        List<String> checks = List.of(
                "start/answers-health", "links/put ", "calls/", "forgeries/another-issuer", "shutdown/of-its-host");
        Verification verification = Verification.of(built.resolve("dice-provider"), "acme:dice")
                .slack(PATIENT)
                .only(checks);
        try (VerificationRun run = verification.start(nats)) {
            assertThat(run.checks().map(run::play))
                    .isNotEmpty()
                    .allMatch(finding -> finding.status() == Finding.Status.PASSED);
        }
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
