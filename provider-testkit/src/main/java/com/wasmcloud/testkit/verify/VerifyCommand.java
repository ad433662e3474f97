package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the checks of one executable and reports what came out. */
@Command(
        name = "verify",
        description = "Checks whether an executable keeps the protocol of wasmCloud 0.x and its contract.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all checks passed or were skipped", "1:a check failed", "2:the command is unusable"})
public final class VerifyCommand implements Callable<Integer> {
    private static final double MOST_SLACK = 1000;
    /** The host's own log, which would say that NATS is lost each time that a check takes it away. */
    private static final Logger LOG = Logger.getLogger("com.wasmcloud");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "EXECUTABLE", description = "the provider, as a host would start it")
    private Path executable = Path.of("");

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "ID",
            description = "its contract; for wasmcloud:keyvalue, wasmcloud:blobstore, wasmcloud:httpserver,"
                    + " wasmcloud:httpclient, wasmcloud:builtin:logging and wasmcloud:logging the contract is checked"
                    + " as well as the protocol")
    private String contract = "";

    @Option(names = "--link", paramLabel = "KEY=VALUE", description = "a value of every link; may be repeated")
    private Map<String, String> link = Map.of();

    @Option(names = "--config", paramLabel = "JSON", description = "the provider configuration, config_json")
    private Optional<String> config = Optional.empty();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "TEXT",
            description = "only checks whose name contains one of the texts")
    private List<String> only = List.of();

    @Option(names = "--list", description = "only name the checks")
    private boolean list;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), junit or json; progress is on standard error for the latter two")
    private Format format = Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "where the report goes; standard output otherwise")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--slack",
            paramLabel = "FACTOR",
            description = "multiplies all limits to time, for slow or busy machines")
    private double slack = 1;

    /** For the command line, which sets the fields. */
    public VerifyCommand() {}

    /** Forms of a report, named as they are asked for. */
    enum Format {
        text,
        junit,
        json
    }

    @Override
    public Integer call() throws IOException {
        LOG.setLevel(Level.SEVERE);
        Verification verification = verification();
        if (list) {
            verification.names().forEach(out()::println);
            return 0;
        }
        PrintWriter progress = format == Format.text && output.isEmpty()
                ? out()
                : spec.commandLine().getErr();
        Report report = new Report(executable.getFileName() + " " + contract, play(verification, progress));
        progress.println();
        progress.print(report.summary());
        progress.flush();
        write(report);
        return report.count(Status.FAILED) == 0 ? 0 : 1;
    }

    private Verification verification() {
        if (!(slack > 0 && slack <= MOST_SLACK)) {
            throw new ParameterException(spec.commandLine(), "--slack must be above 0 and at most 1000");
        }
        Verification described;
        try {
            described = Verification.of(executable, contract);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(spec.commandLine(), unusable.getMessage());
        }
        Verification verification = described.link(link).slack(slack).only(only);
        if (verification.names().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no check has such a name; --list names all");
        }
        return config.map(verification::config).orElse(verification);
    }

    private static List<Finding> play(Verification verification, PrintWriter progress) {
        List<Finding> findings = new ArrayList<>();
        try (NatsServer nats = NatsServer.start();
                VerificationRun run = verification.start(nats)) {
            for (String check : run.checks().toList()) {
                Finding finding = run.play(check);
                findings.add(finding);
                progress.print(Report.line(finding));
                progress.flush();
            }
        }
        return findings;
    }

    private void write(Report report) throws IOException {
        String text =
                switch (format) {
                    case text -> report.text();
                    case junit -> report.junit();
                    case json -> report.json();
                };
        if (output.isPresent()) {
            Files.writeString(output.get(), text);
        } else if (format != Format.text) {
            out().print(text);
        }
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
