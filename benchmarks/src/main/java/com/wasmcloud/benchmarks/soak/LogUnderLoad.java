package com.wasmcloud.benchmarks.soak;

import static com.wasmcloud.testkit.Await.result;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.Logging;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code wasmcloud:builtin:logging} with an actor that writes lines to the provider's standard error. */
record LogUnderLoad(TestProvider provider, Logging logging) implements ProviderUnderLoad {
    private static final List<String> LEVELS = List.of("info", "debug", "warn", "error");

    static LogUnderLoad start(Servers servers, Path executable) {
        TestActor actor = servers.host().actor();
        TestProvider provider = servers.host()
                .provider(LoggingContract.INSTANCE)
                .link(actor, Map.of())
                .start(executable);
        provider.awaitHealthy();
        return new LogUnderLoad(provider, actor.calling(provider, LoggingContract.INSTANCE));
    }

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public List<Traffic> ordinary(int percent) {
        return List.of(Traffic.steady("log lines", 2, 2.0 * percent, (caller, number) -> write(number, "")));
    }

    @Override
    public Traffic large() {
        String text = "x".repeat(50_000);
        return Traffic.busy("60 lines of 50 KB at once", 60, (caller, number) -> write(number, text));
    }

    private void write(long number, String more) {
        String level = LEVELS.get((int) (number % LEVELS.size()));
        result(logging.writeLog(
                new LogEntry(level, "line %d of the soak%s".formatted(number, more), Optional.empty())));
    }
}
