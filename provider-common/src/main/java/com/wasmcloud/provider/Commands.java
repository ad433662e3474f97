package com.wasmcloud.provider;

import com.wasmcloud.provider.logs.LogLevels;
import com.wasmcloud.provider.logs.LogSetup;
import com.wasmcloud.provider.support.FileReasons;
import com.wasmcloud.provider.support.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an executable does beside serving. A class of its own so that a provider that a host starts loads nothing of it.
 *
 * <p>Every command ends with 0, or with 1 and one sentence on standard error.
 */
final class Commands {
    private static final String HEALTH = "health";
    private static final String HOST_DATA = "host-data";
    private static final String ALIVE = "--alive";
    private static final String OUTPUT = "--output";
    private static final Set<String> NAMES = Set.of("--help", "-h", "--version", HEALTH, HOST_DATA);

    private final String name;
    private final List<Protocol<?>> protocols;
    private final PrintStream out;
    private final PrintStream err;

    Commands(String name, List<Protocol<?>> protocols, PrintStream out, PrintStream err) {
        this.name = name;
        this.protocols = protocols;
        this.out = out;
        this.err = err;
    }

    /** Whether the arguments are those of a command. */
    static boolean isMeant(String... arguments) {
        return NAMES.contains(arguments[0]);
    }

    /** Runs a command and returns the exit code. */
    int run(String... arguments) {
        // keeps BouncyCastle from unpacking a native library that nothing here uses
        System.setProperty("org.bouncycastle.native.cpu_variant", "java");
        LogSetup.apply(false, LogLevels.of("off", ""), CurrentCall::fields);
        List<String> options = List.of(arguments).subList(1, arguments.length);
        boolean asksHow = options.contains("--help") || options.contains("-h");
        try {
            return switch (asksHow ? "--help" : arguments[0]) {
                case HEALTH -> health(options);
                case HOST_DATA -> hostData(options);
                case "--version" -> told(name + " " + Version.current());
                default -> told(help());
            };
        } catch (IOException | RuntimeException e) {
            err.println(name + ": " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int told(String text) {
        out.println(text);
        return 0;
    }

    private String help() {
        return """
                %1$s %2$s, a capability provider for wasmCloud

                %1$s
                    serves; reads host data from the first line of standard input, as hosts write it,
                    or from the environment variable WASMCLOUD_HOST_DATA if it is set
                %1$s --host-data FILE
                    serves; reads host data from a file, which may be a pipe
                %1$s health [--alive] [--host-data FILE]
                    asks the running provider with this host data how it is; ends with 0 if it is healthy, or with
                    --alive if it answers at all, else with 1
                %1$s host-data [OPTION]…
                    makes host data for a provider that no host starts, and writes it to standard output, or with
                    --output FILE to a file that only you can read; its options are
                %3$s
                %1$s --version""".formatted(
                name, Version.current(), standalone().options().indent(6).stripTrailing());
    }

    private int health(List<String> given) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(given);
        boolean anyAnswer = options.remove(ALIVE);
        Map<String, @Nullable Object> data = HostDataLine.parse(hostDataOf(options));
        Protocol<?> protocol = protocols.stream()
                .filter(each -> each.speaks(data))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the host data is of hosts that it does not serve"));
        RuntimeSettings settings =
                RuntimeSettings.of(protocol.lattice(data).host().configuration());
        Health health = protocol.standalone().health(data, settings.natsCaFile());
        if (health.healthy() || anyAnswer) {
            return told(name + ": " + (health.healthy() ? "healthy" : "alive, but " + health.reason()));
        }
        err.println(name + ": " + health.reason());
        return 1;
    }

    private static String hostDataOf(List<String> options) throws IOException {
        if (options.size() == 2 && options.get(0).equals(ProviderProcess.HOST_DATA_OPTION)) {
            return HostDataLine.file(options.get(1));
        }
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("health takes no options but --host-data FILE and --alive");
        }
        String variable = System.getenv(ProviderProcess.HOST_DATA_VARIABLE);
        if (variable == null || variable.isBlank()) {
            throw new IllegalArgumentException(
                    "health needs the host data of the provider: pass --host-data FILE or set WASMCLOUD_HOST_DATA");
        }
        return variable;
    }

    private int hostData(List<String> options) throws IOException {
        List<String> others = new ArrayList<>(options);
        int output = others.indexOf(OUTPUT);
        if (output >= 0 && output + 1 == others.size()) {
            throw new IllegalArgumentException(OUTPUT + " needs a file");
        }
        Optional<Path> file = Optional.empty();
        if (output >= 0) {
            file = Optional.of(Path.of(others.remove(output + 1)));
            others.remove(output);
        }
        Standalone.NewHostData made = standalone().hostData(others);
        if (file.isPresent()) {
            write(file.get(), made.line());
        } else {
            out.println(made.line());
        }
        err.println(made.summary());
        return 0;
    }

    /** Never half of it, and for its owner only: temporary files are made so. */
    private static void write(Path file, String line) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        try {
            Path whole = Files.createTempFile(folder, ".host-data", "");
            try {
                Files.writeString(whole, line + "\n");
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("cannot write " + file + ": there is no folder " + folder, e);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + FileReasons.of(e), e);
        }
    }

    /** Host data is made for the first generation that the provider names. */
    private Standalone standalone() {
        return protocols.get(0).standalone();
    }
}
