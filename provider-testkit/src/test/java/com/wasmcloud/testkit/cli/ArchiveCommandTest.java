package com.wasmcloud.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(List<String> arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(new String[0]));
    }

    private List<String> create(String... more) throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
        List<String> arguments = new ArrayList<>(List.of("archive", "create"));
        arguments.addAll(List.of("--name", "N", "--contract", "a:b", "--vendor", "V", "--version", "1.0"));
        arguments.addAll(List.of("--output", folder.resolve("n.par.gz").toString()));
        arguments.addAll(
                List.of("--executable", "x86_64-linux=" + program, "--executable", "aarch64-macos=" + program));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Test
    void makesAndShowsAnArchive() throws IOException {
        KeyPair provider = KeyPair.generate(KeyRole.PROVIDER);
        Path schema = Files.writeString(folder.resolve("schema"), "{\"type\":\"object\"}");
        assertThat(run(create(
                        "--issuer",
                        KeyPair.generate(KeyRole.ACCOUNT).seed(),
                        "--subject",
                        provider.seed(),
                        "--schema",
                        schema.toString())))
                .isZero();
        assertThat(err).asString().isEmpty();
        assertThat(run(List.of("archive", "inspect", folder.resolve("n.par.gz").toString())))
                .isZero();
        assertThat(out)
                .asString()
                .contains("provider  " + provider.publicKey(), "target    x86_64-linux  10 bytes", "aarch64-macos");
        assertThat(run(List.of(
                        "archive",
                        "inspect",
                        "--schema",
                        folder.resolve("n.par.gz").toString())))
                .isZero();
        assertThat(out).asString().endsWith("{\"type\":\"object\"}" + System.lineSeparator());
    }

    @Test
    void warnsOfThrowAwayKeys() throws IOException {
        assertThat(run(create())).isZero();
        assertThat(err)
                .asString()
                .contains("WASH_ISSUER_KEY", "WASH_SUBJECT_KEY")
                .hasLineCount(2);
    }

    @Test
    void saysWhatIsWrongInOneSentence() throws IOException {
        assertThat(run(create("--issuer", KeyPair.generate(KeyRole.USER).seed())))
                .isEqualTo(1);
        assertThat(run(create("--schema", "/nowhere"))).isEqualTo(1);
        assertThat(run(create("--executable", "x86_64-linux=/nowhere"))).isEqualTo(1);
        assertThat(run(List.of("archive", "inspect", "/nowhere"))).isEqualTo(1);
        assertThat(err).asString().hasLineCount(4).doesNotContain("\tat ");
    }

    @Test
    void wantsToKnowWhatToDo() {
        assertThat(run(List.of("archive"))).isEqualTo(2);
        assertThat(run(List.of("archive", "create"))).isEqualTo(2);
    }
}
