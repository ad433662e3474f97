package com.wasmcloud.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void namesItsChecks() {
        assertThat(verify(executable("exit 3"), "--contract", "wasmcloud:keyvalue", "--list"))
                .isZero();
        assertThat(out.toString())
                .contains("start/answers-health (Rust host)\n", "forgeries/expired (Elixir host)\n", "contract/");
    }

    @Test
    void saysOfEachFailureWhatWasSentExpectedAndCame() {
        String provider = executable("echo 'no such luck' >&2; exit 3");
        assertThat(verify(provider, "--contract", "wasmcloud:keyvalue", "--only", "calls/"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("FAIL  calls/answered (Rust host)")
                .contains("it ended with exit code 3 before it answered a health request")
                .contains("no such luck")
                .contains("skip  calls/envelope-variants (Rust host)")
                .contains("the provider does not start")
                .contains("6 checks, 0 passed, 2 failed, 4 skipped");
    }

    @Test
    void writesReportsForTheToolsOfABuild() throws IOException {
        String provider = executable("echo '<&\u0001>' >&2; exit 3");
        Path file = folder.resolve("report");
        String[] common = {
            "--contract", "wasmcloud:keyvalue", "--only", "calls/answered (Rust", "--output", file.toString()
        };
        assertThat(verify(provider, with(common, "--format", "junit"))).isEqualTo(1);
        assertThat(file)
                .content()
                .contains("<testsuite name=\"provider wasmcloud:keyvalue\" tests=\"1\" failures=\"1\"")
                .contains("&lt;&amp;\ufffd&gt;");
        assertThat(verify(provider, with(common, "--format", "json"))).isEqualTo(1);
        assertThat(file)
                .content()
                .contains("\"status\":\"failed\"", "\"failed\":1", "docs/how-a-provider-works.md#calls");
    }

    @Test
    void checksTheProtocolOfAnyContract() {
        assertThat(verify(executable("exit 3"), "--contract", "acme:thing", "--list"))
                .isZero();
        assertThat(out.toString()).contains("forgeries/expired").doesNotContain("contract/", "chunks/");
    }

    @Test
    void refusesWhatItCannotUse() {
        assertThat(verify("no-such-file", "--contract", "wasmcloud:keyvalue")).isEqualTo(2);
        assertThat(verify(executable("exit 3"), "--contract", "thing")).isEqualTo(2);
        assertThat(verify(executable("exit 3"), "--contract", "wasmcloud:keyvalue", "--only", "no-such-check"))
                .isEqualTo(2);
        assertThat(verify(executable("exit 3"), "--contract", "wasmcloud:keyvalue", "--slack", "0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("no-such-file is no executable file")
                .contains("'thing' is no id of a contract")
                .contains("no check has such a name; --list names all")
                .contains("--slack must be above 0");
    }

    private int verify(String executable, String... options) {
        String[] all = with(new String[] {"verify", executable}, options);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private static String[] with(String[] first, String... rest) {
        String[] all = java.util.Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    private String executable(String script) {
        try {
            Path file = Files.writeString(folder.resolve("provider"), "#!/bin/sh\n" + script + "\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"))
                    .toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
