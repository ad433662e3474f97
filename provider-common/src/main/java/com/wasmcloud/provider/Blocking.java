package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Threads;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that blocks on threads of its own: the way to implement a contract with a blocking client, since contract
 * methods must return at once.
 *
 * <p>Thread-safe. A session that makes one closes it.
 */
public final class Blocking implements AutoCloseable {
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    /**
     * @param name for the threads
     * @param mostThreads how much work runs at once
     * @param mostWaiting how much more may wait; what comes beyond that fails at once
     */
    public Blocking(String name, int mostThreads, int mostWaiting) {
        threads = new ThreadPoolExecutor(
                mostThreads,
                mostThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                Threads.daemons(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs work; whatever it throws completes the stage, and so does OVERLOADED when there is no room for it. */
    public <T> CompletionStage<T> call(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Map<String, String> trace = TraceContext.current();
        @Nullable Call call = CurrentCall.get();
        try {
            threads.execute(() -> {
                try (TraceContext.Scope scope = TraceContext.enter(trace);
                        CurrentCall current = CurrentCall.enter(call)) {
                    result.complete(work.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(RpcException.of(
                    Code.OVERLOADED, "overloaded: too much work is waiting at this provider; try again later"));
        }
        return result;
    }

    /** Interrupts what runs and forgets what waits. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
