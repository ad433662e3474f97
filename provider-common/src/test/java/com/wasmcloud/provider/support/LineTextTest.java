package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTextTest {
    @Test
    void leavesOrdinaryTextAsItIs() {
        String text = "Größe 3 \"x\" \\n 日本 👩‍👩‍👧 می‌خواهم";
        assertThat(LineText.escaped(text)).isSameAs(text);
        assertThat(LineText.escapedJson(text)).isSameAs(text);
    }

    @Test
    void writesLineBreaksAndTabsAsPeopleKnowThem() {
        assertThat(LineText.escaped("a\nb\r\n\tc")).isEqualTo("a\\nb\\r\\n\\tc");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 0xb, 0xc, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a,
                0x202e, 0x2066, 0x2069, 0xfeff, 0xd800, 0xdfff, 0xe0041
            })
    void escapesWhatEndsALineSteersATerminalOrTurnsText(int codePoint) {
        String text = "a" + Character.toString(codePoint) + "b";

        assertThat(LineText.escaped(text)).isEqualTo("a\\u{" + Integer.toHexString(codePoint) + "}b");

        String json = LineText.escapedJson(Json.write(Map.of("key", text)));
        assertThat(json).matches("\\{\"key\":\"a[ -~]+b\"}");
        assertThat(Json.object(json)).containsEntry("key", text);
    }

    @ParameterizedTest
    @CsvSource({
        "nats://host:4222,nats://host:4222",
        "nats://u:geheim@host,nats://host",
        "'cannot reach [nats://u:geheim@h1, nats://geheim@h2]','cannot reach [nats://h1, nats://h2]'",
        "'nats://u:geheim@h1,tls://u:geheim@h2','nats://h2'",
        "redis://:ge/he@im@host/1 is wrong,redis://host/1 is wrong",
        "mail me@host,mail me@host"
    })
    void hidesTheCredentialsOfUrls(String text, String shown) {
        assertThat(LineText.withoutCredentials(text)).isEqualTo(shown);
    }

    @Test
    void cutsBetweenCharactersAndSaysHowMuchIsMissing() {
        assertThat(LineText.cut("abc", 3)).isEqualTo("abc");
        assertThat(LineText.cut("abcdef", 4)).isEqualTo("abcd…[2 more characters cut]");
        assertThat(LineText.cut("abc👍e", 4)).isEqualTo("abc…[3 more characters cut]");
        assertThat(LineText.cut("abc", 0)).isEqualTo("…[3 more characters cut]");
    }
}
