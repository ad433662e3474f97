package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.blobstore.s3.Memory.Lease;
import com.wasmcloud.testkit.Await;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Memory memory = new Memory(100, clock);

    @AfterEach
    void close() {
        clock.shutdownNow();
    }

    @Test
    void whatFitsIsThereAtOnceAndComesBackOnce() {
        Lease lease = Await.result(memory.reserve(100));
        assertThat(memory.used()).isEqualTo(100);

        lease.close();
        lease.close();

        assertThat(memory.used()).isZero();
    }

    @Test
    void whoFindsNoRoomWaitsInOrder() {
        Lease first = Await.result(memory.reserve(90));
        CompletableFuture<Lease> large = memory.reserve(80).toCompletableFuture();
        CompletableFuture<Lease> small = memory.reserve(10).toCompletableFuture();
        assertThat(large).isNotDone();
        assertThat(small).isNotDone();

        first.close();

        Await.result(large);
        Await.result(small);
        assertThat(memory.used()).isEqualTo(90);
    }

    @Test
    void whoWaitsTooLongIsTold() {
        Lease first = Await.result(memory.reserve(60));

        assertThat(Links.failure(memory.reserve(50)))
                .startsWith("overloaded: the transfers under way hold all 100 bytes of max_memory_bytes");

        first.close();
        assertThat(memory.used()).isZero();
    }

    @Test
    void oneThatIsLargerThanAllIsLetInAlone() {
        Lease large = Await.result(memory.reserve(1000));
        CompletableFuture<Lease> next = memory.reserve(1).toCompletableFuture();
        assertThat(next).isNotDone();

        large.close();

        Await.result(next);
    }
}
