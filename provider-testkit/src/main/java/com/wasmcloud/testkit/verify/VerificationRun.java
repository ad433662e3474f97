package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that can be run, one after another. A provider that hangs or dies makes the check fail that it hangs or dies in.
 * Used by one thread. Owns the processes of the provider; {@link #close} ends them.
 */
public final class VerificationRun implements AutoCloseable {
    private final Target target;
    private final NatsServer nats;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final Map<HostForm, Lab> labs = new EnumMap<>(HostForm.class);

    VerificationRun(Target target, NatsServer nats, List<Check> checks) {
        this.target = target;
        this.nats = nats;
        checks.forEach(check -> this.checks.put(check.fullName(), check));
    }

    /** Full names, in order. */
    public Stream<String> checks() {
        return checks.keySet().stream();
    }

    /** Runs one check. */
    public Finding play(String fullName) {
        Check check = Objects.requireNonNull(checks.get(fullName), fullName);
        Lab lab = labs.computeIfAbsent(check.form(), form -> new Lab(target, nats, form));
        Trial trial = new Trial(lab, check.form());
        long begin = System.nanoTime();
        Throwable failure = failure(check, trial);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        String log = failure == null ? "" : trial.current().log();
        String came = failure == null ? "" : text(failure);
        String sent = trial.sent();
        String expected = trial.expected();
        end(trial);
        Status status = failure == null ? Status.PASSED : failure instanceof Skipped ? Status.SKIPPED : Status.FAILED;
        return new Finding(fullName, check.rule(), status, took, sent, expected, came, log);
    }

    private @Nullable Throwable failure(Check check, Trial trial) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            check.scenario().play(trial);
            trial.lab().mustLive();
            return true;
        });
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        thread.start();
        Duration limit = target.limits().check();
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException failure) {
            return failure.getCause();
        } catch (TimeoutException hangs) {
            // no interrupt: it would close a channel that the thread just logs to; without its lab the check fails soon
            labs.remove(check.form());
            trial.lab().close();
            return new AssertionError("no end of the check within %d s".formatted(limit.toSeconds()));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + check.fullName(), end);
        }
    }

    private static String text(Throwable failure) {
        String text = failure.getMessage();
        return text == null || text.isBlank() ? failure.toString() : text.strip();
    }

    private static void end(Trial trial) {
        try {
            trial.close();
        } catch (Exception failure) {
            throw new IllegalStateException("cannot clean up after a check", failure);
        }
    }

    @Override
    public void close() {
        labs.values().forEach(Lab::close);
        labs.clear();
    }
}
