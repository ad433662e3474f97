package com.wasmcloud.contract.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpserver.HttpRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final String HTTP_REQUEST =
            "85a66d6574686f64a3474554a470617468a12fab7175657279537472696e67a0a668656164657281a16191a162a4626f6479c4020102";

    @Test
    void readsAndWritesAnHttpRequest() {
        HttpRequest request = new HttpRequest("GET", "/", "", Map.of("a", List.of("b")), Bytes.wrap(new byte[] {1, 2}));
        assertThat(HttpRequest.CODEC.decode(hex(HTTP_REQUEST), Encoding.MSGPACK))
                .isEqualTo(request);
        assertThat(HttpRequest.CODEC.encode(request, Encoding.MSGPACK).toHex()).isEqualTo(HTTP_REQUEST);
    }

    @Test
    void namesTheMissingField() {
        assertThatThrownBy(() -> HttpRequest.CODEC.decode(hex("80"), Encoding.MSGPACK))
                .hasMessage("deserialization: 'HttpRequest': missing field `header`");
    }

    private static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }
}
