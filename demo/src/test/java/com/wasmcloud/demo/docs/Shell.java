package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.Commands;
import com.wasmcloud.testkit.servers.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Blocks of commands: all are looked at, and run in a copy of what they need of the project if nothing says otherwise. There,
 * the executables of the build are on the path, {@code provider-testkit.jar} is in the folder, and {@code my-provider} and
 * {@code link-schema.json} are those of one of the providers. Used by one thread.
 */
final class Shell {
    /** What stands for the placeholder of an actor when a block is run. */
    private static final String ACTOR = "MCFMFDWFHGKELOXPCNCDXKK5OFLHBVEWRAOXR5JSQUD2TOFRE3DFPM7E";

    private final Path copy;
    private final Path programs;
    private final Names names;

    Shell(Path root, Path folder) throws IOException {
        this.copy = Files.createDirectory(folder.resolve("copy"));
        this.programs = Files.createDirectory(folder.resolve("bin"));
        for (String part : List.of("template", "dependencies/pom.xml", ".mvn", "logging-provider/src/dist/classes")) {
            Path to = copy.resolve(part);
            Files.createDirectories(to.getParent());
            Commands.check("cp", "-R", root.resolve(part).toString(), to.toString());
        }
        Path one = Path.of("logging-provider");
        for (Path provider : Names.providers(root)) {
            program(programs.resolve(provider.getFileName()), executable(provider));
        }
        program(copy.resolve("my-provider"), executable(root.resolve(one)));
        Files.copy(
                root.resolve(one).resolve("src/main/resources/META-INF/wasmcloud/link-schema.json"),
                copy.resolve("link-schema.json"));
        Files.createSymbolicLink(copy.resolve("provider-testkit.jar"), Names.testkit(root));
        names = new Names(root);
    }

    /** Its syntax, and that what it names is there. */
    void check(CodeBlock block) throws IOException {
        String commands = commands(block);
        Outcome syntax = run(copy, "bash", "-n", "-c", commands);
        assertThat(syntax.code()).as(syntax.output()).isZero();
        names.check(block, commands);
    }

    void run(CodeBlock block) throws IOException {
        String commands = commands(block);
        assertThat(commands.isBlank()).as("a block without a command: mark it").isFalse();
        if (commands.lines().allMatch(line -> line.startsWith("wash ") || line.startsWith(" "))) {
            return; // it would need a host; the settings have been looked at
        }
        Outcome outcome = run(
                copy,
                "env",
                "PATH=" + programs + ":" + System.getenv("PATH"),
                "sh",
                "-eu",
                "-c",
                commands.replaceAll("\\bMA?…", ACTOR));
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    private static Path executable(Path module) {
        return module.resolve("target").resolve(module.getFileName());
    }

    private static void program(Path file, Path executable) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(executable));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Outcome run(Path in, String... command) throws IOException {
        return Commands.run(Stream.concat(Stream.of("env", "-C", in.toString()), Stream.of(command))
                .toList());
    }

    /** What a reader types; of a transcript, the lines behind a prompt, and those that they go on in. */
    static String commands(CodeBlock block) {
        if (!block.language().equals("console")) {
            return block.text();
        }
        boolean[] goesOn = {false};
        return block.text()
                .lines()
                .filter(line -> {
                    boolean typed = goesOn[0] || line.startsWith("$ ");
                    goesOn[0] = typed && line.endsWith("\\");
                    return typed;
                })
                .map(line -> line.startsWith("$ ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
