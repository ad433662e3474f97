package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.testkit.Await;
import org.junit.jupiter.api.Test;

class TransferMemoryTest {
    private final Budget transfers = new Budget(1_000);
    private final Budget all = new Budget(600);
    private final Budget.Share link = all.share();
    private final TransferMemory memory = new TransferMemory(transfers, link, 100);

    @Test
    void countsATransferInTheMemoryOfTheLinkToo() {
        try (Room room = Await.result(memory.forReading(400))) {
            assertThat(room.bytes()).isEqualTo(400);
            assertThat(transfers.used()).isEqualTo(400);
            assertThat(link.used()).isEqualTo(400);
        }
        assertThat(transfers.used()).isZero();
        assertThat(link.used()).isZero();
    }

    @Test
    void refusesATransferThatFindsTheMemoryOfTheLinkInUse() {
        assertThat(link.tryTake(500)).isTrue();
        assertThatThrownBy(() -> Await.result(memory.forReading(400))).hasMessageStartingWith("overloaded: ");
        assertThat(transfers.used()).isZero();
        assertThat(memory.tryPart(200)).isEmpty();
        assertThat(memory.tryPart(100)).isPresent();
    }

    @Test
    void takesAllThereIsForWhatIsLarger() {
        try (Room room = Await.result(memory.forReading(5_000))) {
            assertThat(room.bytes()).isEqualTo(600);
        }
    }
}
