package com.wasmcloud.demo;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.ProviderProcess;
import com.wasmcloud.testkit.host.ProviderSetup;
import com.wasmcloud.testkit.host.TestProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One provider executable, running as a process that is restarted when it ends unasked. Only {@link #provider} is for any
 * thread.
 */
final class ProviderKeeper {
    private static final Duration ORDERLY_END = Duration.ofSeconds(3);

    private final Path executable;
    private final ProviderSetup setup;
    private final Consumer<String> log;
    private volatile TestProvider provider;

    private ProviderKeeper(Path executable, ProviderSetup setup, Consumer<String> log) {
        this.executable = executable;
        this.setup = setup;
        this.log = log;
        this.provider = launched();
    }

    /**
     * Starts it and returns at once.
     *
     * @param log gets each line of its standard error
     */
    static ProviderKeeper launch(Path executable, ProviderSetup setup, Consumer<String> log) {
        return new ProviderKeeper(executable, setup, log);
    }

    private TestProvider launched() {
        TestProvider launched = setup.launch(executable);
        launched.process().followLog(log);
        return launched;
    }

    String name() {
        return String.valueOf(executable.getFileName());
    }

    TestProvider provider() {
        return provider;
    }

    long pid() {
        return provider.process().pid();
    }

    /**
     * Waits until it says that it is healthy.
     *
     * @throws IllegalStateException with one sentence, when it does not or ends
     */
    void awaitHealthy() {
        try {
            provider.awaitAnswer();
            provider.awaitHealthy();
        } catch (AssertionError failure) {
            String text = String.valueOf(failure.getMessage()).strip();
            String health = provider.process().running() ? "; it says: " + reason() : "";
            throw new IllegalStateException("%s does not serve: %s%s".formatted(name(), text, health), failure);
        }
    }

    private String reason() {
        try {
            return provider.health().reason();
        } catch (RpcException silent) {
            return "nothing (%s)".formatted(silent.getMessage());
        }
    }

    boolean running() {
        return provider.process().running();
    }

    /** Starts it again after it ended, with the key and the links that it had. */
    void startAgain() {
        provider.close();
        provider = launched();
    }

    /** Asks it to stop as hosts do; with a signal where that does not help. */
    void stop() {
        ProviderProcess process = provider.process();
        // not waited for: it may have no NATS left that could carry the answer, or be gone already
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(provider::shutdown);
        if (!ends(process)) {
            process.terminate();
            answer.cancel(false);
        }
        if (!ends(process)) {
            process.kill();
        }
        provider.close();
    }

    private static boolean ends(ProviderProcess process) {
        try {
            Await.until("the provider ends", ORDERLY_END, () -> !process.running());
            return true;
        } catch (AssertionError livesOn) {
            return false;
        }
    }
}
