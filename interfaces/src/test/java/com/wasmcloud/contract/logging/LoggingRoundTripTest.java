package com.wasmcloud.contract.logging;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Loopback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoggingRoundTripTest {
    private final List<LogEntry> written = new ArrayList<>();
    private final Logging log =
            entry -> CompletableFuture.completedFuture(written.add(entry)).thenAccept(added -> {});

    static Stream<Contract<Logging>> contracts() {
        return Stream.of(LoggingContract.INSTANCE, LoggingContract.LEGACY);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aLineGoesToTheLogUnderEitherId(Contract<Logging> contract) {
        LogEntry entry = new LogEntry("warn", "a\nb", Optional.of("target"));
        assertThat(contract.stub(new Loopback<>(contract, log, Encoding.MSGPACK))
                        .writeLog(entry))
                .isCompleted();
        assertThat(written).containsExactly(entry);
    }

    @Test
    void theIdsDiffer() {
        assertThat(contracts().map(Contract::id)).containsExactly("wasmcloud:builtin:logging", "wasmcloud:logging");
    }

    @Test
    void theOrderOfTheOldPlugInIsRead() {
        String old = "83 a6746172676574 a174 a56c6576656c a46c6f7564 a474657874 a178";
        assertThat(LogEntry.CODEC.decode(hex(old), Encoding.MSGPACK))
                .isEqualTo(new LogEntry("loud", "x", Optional.of("t")));
    }

    @Test
    void whatIsNotUtf8IsReplacedAndTheRestOfTheLineIsRead() {
        LogEntry expected = new LogEntry("\ufffd", "a\ufffdb", Optional.of("\ufffd"));
        String map = "83 a56c6576656c a1ff a474657874 a361ff62 a6746172676574 a1c3";
        assertThat(LogEntry.CODEC.decode(hex(map), Encoding.MSGPACK)).isEqualTo(expected);
        String cbor = "7f 83 61ff 6361ff62 61c3";
        assertThat(LogEntry.CODEC.decode(hex(cbor), Encoding.CBOR)).isEqualTo(expected);
    }
}
