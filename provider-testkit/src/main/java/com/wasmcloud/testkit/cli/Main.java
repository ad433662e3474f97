package com.wasmcloud.testkit.cli;

import com.wasmcloud.testkit.verify.VerifyCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The commands of {@code java -jar provider-testkit.jar}: useful for providers in any language.
 *
 * <p>A command ends with 0, with 1 and one sentence on standard error when what it was asked for failed, or with 2 when it
 * was asked in a way that it does not understand.
 */
@Command(
        name = "provider-testkit",
        description = "Tools for wasmCloud capability providers, in any language.",
        subcommands = {ArchiveCommand.class, VerifyCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... arguments) {
        // keeps BouncyCastle from unpacking a native library that nothing here uses
        System.setProperty("org.bouncycastle.native.cpu_variant", "java");
        System.exit(run(written(System.out), written(System.err), arguments));
    }

    private static PrintWriter written(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Runs a command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((failure, command, result) -> {
            err.println(sentence(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        if (arguments.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"provider-testkit " + (version == null ? "(not packaged)" : version)};
        }
    }
}
