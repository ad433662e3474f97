package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HostNamesTest {
    private final Queue<Runnable> blocking = new ArrayDeque<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final HostNames names = new HostNames(this::lookUp, blocking::add);

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        if (failure.get() instanceof Error error) {
            throw error;
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private static List<InetAddress> result(CompletionStage<List<InetAddress>> addresses) {
        return addresses.toCompletableFuture().join();
    }

    @Test
    void looksANameUpOnceForAllWhoWaitForItAndAgainForThoseWhoComeLater() {
        CompletionStage<List<InetAddress>> first = names.addresses("a");
        CompletionStage<List<InetAddress>> second = names.addresses("a");
        assertThat(blocking).hasSize(1);
        blocking.remove().run();
        assertThat(result(first)).isEqualTo(result(second)).containsExactly(InetAddress.getLoopbackAddress());

        CompletionStage<List<InetAddress>> later = names.addresses("a");
        assertThat(blocking).hasSize(1);
        assertThat(later.toCompletableFuture()).isNotDone();
    }

    @Test
    void holdsUpNoNameBehindAnother() {
        CompletionStage<List<InetAddress>> slow = names.addresses("slow");
        CompletionStage<List<InetAddress>> quick = names.addresses("quick");
        Runnable slowOne = blocking.remove();
        blocking.remove().run();
        assertThat(quick.toCompletableFuture()).isCompleted();
        assertThat(slow.toCompletableFuture()).isNotDone();
        slowOne.run();
        assertThat(slow.toCompletableFuture()).isCompleted();
    }

    @Test
    void canBeAskedAgainWhateverALookupThrows() {
        failure.set(new LinkageError("simulated"));
        CompletionStage<List<InetAddress>> failed = names.addresses("a");
        blocking.remove().run();
        assertThatThrownBy(() -> result(failed)).hasCause(failure.get());

        failure.set(null);
        CompletionStage<List<InetAddress>> again = names.addresses("a");
        blocking.remove().run();
        assertThat(result(again)).hasSize(1);
    }

    @Test
    void canBeAskedAgainWhenThereWasNoThread() {
        AtomicReference<Throwable> none = new AtomicReference<>(new OutOfMemoryError("unable to create native thread"));
        HostNames withoutThreads = new HostNames(this::lookUp, task -> {
            if (none.getAndSet(null) instanceof OutOfMemoryError error) {
                throw error;
            }
            task.run();
        });
        assertThatThrownBy(() -> result(withoutThreads.addresses("a")))
                .hasRootCauseMessage("unable to create native thread");
        assertThat(result(withoutThreads.addresses("a"))).hasSize(1);
    }
}
