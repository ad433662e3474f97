package com.wasmcloud.testkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about the protocol shows is so. */
class ProtocolPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..").resolve(Rule.PAGE);

    @TempDir
    private Path folder;

    @Test
    void itsInvocationIsOneAndItsTokenHolds() throws IOException {
        List<String> hex = blocks("hex");
        String token = blocks("token").get(0);
        byte[] bytes = HexFormat.of()
                .parseHex(
                        hex.get(0) + HexFormat.of().formatHex(token.getBytes(StandardCharsets.US_ASCII)) + hex.get(1));
        Invocation call = Invocation.CODEC.decode(Bytes.wrap(bytes), Encoding.MSGPACK);
        assertThat(Codec.STRING.decode(call.msg(), Encoding.MSGPACK)).isEqualTo("foo");
        Claims claims = Claims.verify(call.encodedClaims(), 0);
        String target = call.target().url() + "/" + call.operation();
        assertThat(claims)
                .isEqualTo(new Claims(
                        claims.issuer(),
                        target,
                        call.origin().url(),
                        Claims.hash(call.origin().url(), target, call.operation(), call.msg())));
        String shown = blocks("json").stream()
                .filter(text -> text.contains("\"jti\""))
                .findFirst()
                .orElseThrow();
        String signed =
                new String(java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(Json.object(shown)).isEqualTo(Json.object(signed));
    }

    @Test
    void itsReplyIsOne() throws IOException {
        InvocationResponse reply = InvocationResponse.CODEC.decode(
                Bytes.wrap(HexFormat.of().parseHex(blocks("hex").get(2))), Encoding.MSGPACK);
        assertThat(GetResponse.CODEC.decode(reply.msg(), Encoding.MSGPACK)).isEqualTo(new GetResponse("bar", true));
    }

    @Test
    void hasASectionForEveryRule() throws IOException {
        Path executable = FaultyProvider.executable(folder, Fault.NONE);
        List<String> sections = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(Files.readString(PAGE))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        try (Stream<Rule> rules =
                Verification.of(executable, "wasmcloud:keyvalue").rules()) {
            assertThat(rules.map(Rule::section)).isNotEmpty().isSubsetOf(sections);
        }
    }

    /** The code blocks of a language, without line breaks. */
    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1).replace("\n", ""))
                .toList();
    }
}
