package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.ProviderProcess;
import com.wasmcloud.testkit.host.TestProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Start, host data and health. */
final class StartChecks {
    private static final String SEED = "SCAKFUBOTJZBYEPDHMGCNPTWVUUWCJMQFC5KMVRFXRRZVUFMHDWKGNWA7I";
    /**
     * Longer than the 70 ms after which standard input is closed. A fixed time, for a provider that does nothing about the end
     * of its input shows in no way that it has come.
     */
    private static final Duration INPUT_IS_CLOSED = Duration.ofMillis(150);

    private StartChecks() {}

    static List<Check> of(HostForm form) {
        boolean rust = form == HostForm.RUST;
        String input = rust ? "closed 70 ms after the line" : "open";
        Check starts = new Check("start/answers-health", form, Rule.START, trial -> {
            trial.sends("host data on standard input, which is left " + input)
                    .expects("an answer to a health request within "
                            + trial.lab().limits().start().toMillis() + " ms");
            TestProvider unused = trial.lab().provider();
        });
        Check lives = new Check("start/does-not-watch-standard-input", form, Rule.INPUT, trial -> {
            TestProvider provider = trial.lab().provider();
            trial.sends("nothing more, with standard input " + input).expects("a provider that lives on");
            Thread.sleep(INPUT_IS_CLOSED.toMillis());
            Health unused = provider.health();
            trial.lab().mustLive();
        });
        Check links = new Check("start/serves-the-links-of-the-host-data", form, Rule.FIRST_LINKS, trial -> {
            trial.sends(trial.lab().kit().operation() + " by the actor that is linked in the host data")
                    .expects("what the operation gives");
            trial.lab().awaitServed(trial.lab().actor(), trial.lab().limits().link());
        });
        Check healthy = new Check("health/answers-any-request", form, Rule.HEALTH, StartChecks::answersAnyRequest);
        if (!rust) {
            return List.of(starts, lives, links, healthy);
        }
        return List.of(
                starts,
                lives,
                links,
                line("start/base64-without-padding", form, "base64 without padding, ended by \\n", StartChecks::bare),
                line("start/long-host-data", form, "a line of 200 kB with unknown keys", StartChecks::enlarged),
                refused("start/refuses-an-empty-line", form, "an empty line", "\n"),
                refused("start/refuses-a-line-that-is-no-base64", form, "a line that is no base64", SEED + "!\n"),
                refused(
                        "start/refuses-host-data-that-is-no-json",
                        form,
                        "half an object",
                        encoded("{\"invocation_seed\":\"" + SEED)),
                healthy);
    }

    /** Looked at after all other checks of the shared provider. */
    static List<Check> afterAll(HostForm form) {
        return List.of(
                new Check("output/nothing-on-standard-output", form, Rule.OUTPUT, trial -> {
                    String output = trial.lab().provider().process().output();
                    trial.sends("all of the above").expects("nothing on standard output");
                    if (!output.isEmpty()) {
                        throw trial.came("'" + output.lines().findFirst().orElse("") + "'");
                    }
                }),
                new Check("output/keeps-secrets", form, Rule.SECRETS, trial -> {
                    TestProvider provider = trial.lab().provider();
                    trial.sends("all of the above").expects("no invocation_seed on standard error");
                    if (provider.process()
                            .log()
                            .contains(trial.lab().host().cluster().seed())) {
                        throw trial.came("the seed");
                    }
                }));
    }

    private static void answersAnyRequest(Trial trial) {
        TestProvider provider = trial.lab().provider();
        Map<String, Bytes> bodies = new LinkedHashMap<>();
        bodies.put("no body", Bytes.EMPTY);
        bodies.put("{placeholder: true} in MessagePack", hex("81ab706c616365686f6c646572c3"));
        bodies.put("a body of no sense, 00ff", hex("00ff"));
        bodies.forEach((what, body) -> {
            trial.sends("a health request with " + what)
                    .expects("a MessagePack map with 'healthy', which becomes true");
            Await.until("it was healthy", trial.lab().limits().start(), () -> provider.health(body)
                    .healthy());
        });
    }

    private static Check line(String name, HostForm form, String what, UnaryOperator<String> change) {
        return new Check(name, form, Rule.HOST_DATA, trial -> {
            trial.sends("host data as " + what).expects("an answer to a health request");
            Lab lab = trial.ownLab();
            TestProvider unused = lab.launch(change);
            lab.awaitAnswer();
        });
    }

    private static Check refused(String name, HostForm form, String what, String line) {
        return new Check(name, form, Rule.BAD_HOST_DATA, trial -> {
            trial.sends(what + " instead of host data").expects("an exit code above 0 and a reason without secrets");
            try (ProviderProcess process =
                    ProviderProcess.start(trial.lab().target().executable(), form, line)) {
                Await.until("it ended", trial.lab().limits().exit(), () -> !process.running());
                int code = process.awaitExit();
                if (code == 0 || process.log().isBlank() || process.log().contains(SEED)) {
                    throw trial.came("exit code %d and '%s'"
                            .formatted(code, process.log().strip()));
                }
            }
        });
    }

    private static String bare(String line) {
        String json = new String(Base64.getDecoder().decode(line.strip()), StandardCharsets.UTF_8);
        String padded = encoded(json);
        while (!padded.contains("=")) { // blanks at the end of JSON change nothing
            json += " ";
            padded = encoded(json);
        }
        return padded.replace("=", "");
    }

    private static String enlarged(String line) {
        byte[] json = Base64.getDecoder().decode(line.strip());
        Map<String, @Nullable Object> data = new LinkedHashMap<>(Json.object(new String(json, StandardCharsets.UTF_8)));
        data.put("a_key_that_nobody_knows", Map.of("text", "x".repeat(150_000)));
        data.put("another", null);
        return encoded(Json.write(data));
    }

    private static String encoded(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    private static Bytes hex(String text) {
        return Bytes.wrap(java.util.HexFormat.of().parseHex(text));
    }
}
