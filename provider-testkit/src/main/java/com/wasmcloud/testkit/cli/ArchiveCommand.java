package com.wasmcloud.testkit.cli;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.LineText;
import com.wasmcloud.testkit.archive.ArchiveWriter;
import com.wasmcloud.testkit.archive.ProviderArchive;
import com.wasmcloud.testkit.archive.ProviderClaims;
import com.wasmcloud.testkit.archive.SigningKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes and shows provider archives, of executables in any language. */
@Command(
        name = "archive",
        description = "Makes and shows provider archives (.par, .par.gz).",
        subcommands = {ArchiveCommand.Create.class, ArchiveCommand.Inspect.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ArchiveCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** Without a sub-command there is nothing to do. */
    @Override
    public void run() {
        CommandLine line = line(spec);
        throw new CommandLine.ParameterException(line, "which one: create or inspect?");
    }

    private static CommandLine line(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("not made by the command line");
        }
        return spec.commandLine();
    }

    @Command(
            name = "create",
            description = "Makes an archive of one or more executables.",
            sortOptions = false,
            footer = {
                "",
                "Keys are seeds, or files that hold one. Without --issuer and --subject, and without WASH_ISSUER_KEY and"
                        + " WASH_SUBJECT_KEY in the environment, throw-away keys are made."
            })
    static final class Create implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(
                names = "--executable",
                required = true,
                paramLabel = "[TARGET=]FILE",
                description = "an executable and what it runs on, such as x86_64-linux; this machine by default."
                        + " Can be repeated")
        private String[] executables = {};

        @Option(names = "--name", required = true, description = "what people call the provider")
        private String name = "";

        @Option(names = "--contract", required = true, description = "what it provides, such as wasmcloud:keyvalue")
        private String contract = "";

        @Option(names = "--vendor", required = true, description = "who made it")
        private String vendor = "";

        @Option(names = "--version", required = true, description = "its version")
        private String version = "";

        @Option(
                names = "--revision",
                description =
                        "a number under which hosts keep the executable and never look again; by default it follows"
                                + " from the executables, so that hosts notice others")
        private int revision;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "show this help message and exit")
        boolean help;

        @Option(names = "--schema", paramLabel = "FILE", description = "JSON schema of the values of a link")
        private Optional<Path> schema = Optional.empty();

        @Option(names = "--issuer", paramLabel = "SEED|FILE", description = "key of the account that signs (SA…)")
        private Optional<String> issuer = Optional.empty();

        @Option(names = "--subject", paramLabel = "SEED|FILE", description = "key of the provider (SV…)")
        private Optional<String> subject = Optional.empty();

        @Option(
                names = "--output",
                required = true,
                paramLabel = "FILE",
                description = "the archive; compressed when its name ends in .gz")
        private Path output = Path.of("");

        @Override
        public void run() {
            PrintWriter out = line(spec).getOut();
            Failures.told(() -> {
                ArchiveWriter writer = new ArchiveWriter(
                        new ProviderClaims.About(name, contract, vendor, version, revision),
                        schema(),
                        targets(),
                        now());
                KeyPair account = key("--issuer", issuer, "WASH_ISSUER_KEY", KeyRole.ACCOUNT);
                KeyPair provider = key("--subject", subject, "WASH_SUBJECT_KEY", KeyRole.PROVIDER);
                ProviderClaims claims = writer.write(output, account, provider);
                out.println(output + ": provider " + claims.subject() + ", issuer " + claims.issuer() + ", revision "
                        + claims.about().revision());
            });
        }

        /** A build that is to be repeated says what time it is. */
        private static long now() {
            String given = System.getenv("SOURCE_DATE_EPOCH");
            return given != null && given.matches("[0-9]{1,12}")
                    ? Long.parseLong(given)
                    : Instant.now().getEpochSecond();
        }

        private Map<String, Path> targets() {
            Map<String, Path> targets = new LinkedHashMap<>();
            for (String executable : executables) {
                int equals = executable.indexOf('=');
                String target = equals < 0 ? thisMachine() : executable.substring(0, equals);
                if (targets.put(target, Path.of(executable.substring(equals + 1))) != null) {
                    throw new IllegalArgumentException("--executable is given twice for " + target);
                }
            }
            return targets;
        }

        private Map<String, @Nullable Object> schema() throws IOException {
            if (schema.isEmpty()) {
                return Map.of();
            }
            try {
                return Json.object(Files.readString(schema.get()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the schema " + schema.get() + " is unusable: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new IOException("cannot read the schema " + e.getMessage(), e);
            }
        }

        private KeyPair key(String option, Optional<String> given, String variable, KeyRole role) throws IOException {
            if (given.isPresent()) {
                return SigningKeys.read(option, given.get(), role);
            }
            String inEnvironment = System.getenv(variable);
            if (inEnvironment != null && !inEnvironment.isBlank()) {
                return SigningKeys.read(variable, inEnvironment, role);
            }
            KeyPair made = KeyPair.generate(role);
            line(spec)
                    .getErr()
                    .println("warning: neither " + option + " nor " + variable + " is set; using the throw-away key "
                            + made.publicKey());
            return made;
        }
    }

    /** As Rust calls this machine, whose names hosts use. */
    private static String thisMachine() {
        String architecture =
                switch (System.getProperty("os.arch")) {
                    case "amd64" -> "x86_64";
                    case "arm64" -> "aarch64";
                    default -> System.getProperty("os.arch");
                };
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return architecture + "-"
                + (system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system);
    }

    @Command(
            name = "inspect",
            description = "Shows an archive after checking it as a host does, and its signature as well.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "the archive")
        private Path file = Path.of("");

        @Option(names = "--schema", description = "print the JSON schema of the values of a link, and nothing else")
        private boolean schema;

        @Override
        public void run() {
            PrintWriter out = line(spec).getOut();
            Failures.told(() -> {
                ProviderArchive archive = ProviderArchive.read(file);
                ProviderClaims claims = archive.claims();
                if (schema) {
                    out.println(Json.write(claims.schema()));
                    return;
                }
                out.println("name      " + LineText.escaped(claims.about().name()));
                out.println("contract  " + LineText.escaped(claims.about().contractId()));
                out.println("vendor    " + LineText.escaped(claims.about().vendor()));
                out.println("version   " + LineText.escaped(claims.about().version()));
                out.println("revision  " + claims.about().revision());
                out.println("provider  " + claims.subject());
                out.println("issuer    " + claims.issuer());
                out.println("issued    " + Instant.ofEpochSecond(claims.issuedAt()));
                out.println("schema    " + (claims.schema().isEmpty() ? "none" : "yes"));
                new TreeMap<>(archive.sizes())
                        .forEach((target, size) -> out.println("target    " + target + "  " + size + " bytes  SHA-256 "
                                + claims.targetHashes().get(target)));
            });
        }
    }
}
