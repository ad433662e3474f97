package com.wasmcloud.testkit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.wasmcloud.testkit.servers.Commands;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The providers in other languages pass every check. */
@ExtendWith(Servers.class)
@Execution(ExecutionMode.CONCURRENT)
class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", "."), "..", "examples")
            .toAbsolutePath()
            .normalize();
    private static final double PATIENT = 20;

    private final NatsServer nats;
    private final Path folder;

    ExamplesTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.folder = folder;
    }

    @Test
    void inGo() throws IOException {
        String go = Stream.of("go", "/usr/local/go/bin/go")
                .filter(ExamplesTest::runs)
                .findFirst()
                .orElse("");
        assumeTrue(!go.isEmpty(), "there is no Go here, so the example in Go is not tried");
        Path executable = folder.resolve("keyvalue-provider");
        Commands.check(go, "build", "-C", EXAMPLES.resolve("go").toString(), "-o", executable.toString(), ".");
        mustPass(executable);
    }

    @Test
    void inPython() throws IOException {
        assumeTrue(
                runs("python3")
                        && Commands.run(List.of("python3", "-c", "import venv, ensurepip"))
                                        .code()
                                == 0,
                "there is no Python with venv here, so the example in Python is not tried");
        for (String file : List.of("provider", "provider.py", "protocol.py", "store.py", "requirements.txt")) {
            Files.copy(EXAMPLES.resolve("python").resolve(file), folder.resolve(file));
        }
        Path environment = folder.resolve("venv");
        Commands.check("python3", "-m", "venv", environment.toString());
        Commands.check(
                environment.resolve("bin/pip").toString(),
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
                folder.resolve("requirements.txt").toString());
        mustPass(folder.resolve("provider"));
    }

    private void mustPass(Path executable) {
        Verification verification =
                Verification.of(executable, "wasmcloud:keyvalue").slack(PATIENT);
        try (VerificationRun run = verification.start(nats)) {
            assertThat(run.checks()
                            .map(run::play)
                            .filter(finding -> finding.status() != Status.PASSED)
                            .map(finding -> finding.check() + "\n" + finding.explained()))
                    .isEmpty();
        }
    }

    private static boolean runs(String program) {
        try {
            String argument = program.endsWith("go") ? "version" : "--version";
            return Commands.run(List.of(program, argument)).code() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
