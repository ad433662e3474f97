package com.wasmcloud.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenMessagesTest {
    @ParameterizedTest
    @MethodSource("com.wasmcloud.contract.GoldenMessages#all")
    void isWrittenAndReadAsItStandsOnTheWire(Golden<?> message) {
        assertThat(message.bytes()).containsOnlyKeys(Encoding.values());
        message.check();
    }
}
