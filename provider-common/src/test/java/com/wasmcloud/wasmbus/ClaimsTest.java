package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    private static final long NOW = 1_800_000_000;
    private static final KeyPair CLUSTER = KeyPair.fromSeed(Golden.CLUSTER_SEED);
    private static final String WASCAP = "\"wascap\":{\"target_url\":\"t\",\"origin_url\":\"o\",\"hash\":\"H\"}";

    @ParameterizedTest
    @CsvSource({
        "invocation-from-actor,RjTNsNBsNsNRgrCdJJ3VcX,1700000000",
        "invocation-to-actor,AAAAAAAAAAAAAAAAAAAAAA,1700000001"
    })
    void signsExactlyAsTheReferenceDoes(String example, String tokenId, long issuedAt) {
        Invocation call = Invocation.CODEC.decode(Golden.message(example), Encoding.MSGPACK);
        String origin = call.origin().url();
        String target = call.target().url() + "/" + call.operation();
        String hash = Claims.hash(origin, target, call.operation(), call.msg());
        byte[] json = Claims.json(CLUSTER.publicKey(), call.id(), target, origin, hash, issuedAt, tokenId);
        assertThat(Claims.sign(CLUSTER, json)).isEqualTo(call.encodedClaims());
    }

    @Test
    void acceptsTheClaimsOfRecordedCalls() {
        for (Map<String, @Nullable Object> recording : Golden.recorded("calls")) {
            if (!Json.text(recording, "what").startsWith("invocation")) {
                continue;
            }
            Invocation call = Invocation.CODEC.decode(Golden.bytes(recording, "request_hex"), Encoding.MSGPACK);
            Claims claims = Claims.verify(call.encodedClaims(), NOW);
            String origin = call.origin().url();
            String target = call.target().url() + "/" + call.operation();
            assertThat(claims.originUrl()).isEqualTo(origin);
            assertThat(claims.targetUrl()).isEqualTo(target);
            assertThat(claims.hash()).isEqualTo(Claims.hash(origin, target, call.operation(), call.msg()));
        }
    }

    @Test
    void readsBackWhatItSigns() {
        String token = Claims.sign(CLUSTER, "id", "wasmbus://t/Op", "wasmbus://o", "ABC", NOW);
        assertThat(Claims.verify(token, NOW))
                .isEqualTo(new Claims(CLUSTER.publicKey(), "wasmbus://t/Op", "wasmbus://o", "ABC"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | JWT error: invalid token format, expected 3 segments, found 1",
                "a.b | JWT error: invalid token format, expected 3 segments, found 2",
                "a.b.c.d | JWT error: invalid token format, expected 3 segments, found 4",
            })
    void wantsThreeSegments(String token, String text) {
        refuses(token, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'typ':'jwt','alg':'EdDSA'} | Invalid JWT algorithm. WASCAP only supports Ed25519",
                "{'typ':'jwt'} | Invalid JWT algorithm. WASCAP only supports Ed25519",
                "{'typ':'JWT','alg':'Ed25519'} | JWT error: Invalid header",
                "[1 | Invalid JWT algorithm. WASCAP only supports Ed25519",
            })
    void wantsTheRightHeader(String header, String text) {
        String[] parts = signed("").split("\\.", -1);
        refuses(base64(header.replace('\'', '"')) + "." + parts[1] + "." + parts[2], text);
    }

    @Test
    void acceptsTheHeaderInAnyOrder() {
        String claims = signed("").split("\\.", -1)[1];
        String signed = base64("{\"alg\":\"Ed25519\", \"typ\":\"jwt\", \"x\":[1,{}]}") + "." + claims;
        byte[] signature = CLUSTER.sign(signed.getBytes(StandardCharsets.US_ASCII));
        String token = signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        assertThat(Claims.verify(token, NOW).hash()).isEqualTo("H");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | Serialization error: the claims are not valid JSON",
                "[] | Serialization error: the claims are not a JSON object",
                "{'sub':'s'} | Invalid JWT. WASCAP requires an issuer claim to be present",
                "{'iss':'x','sub':'s'} | Encryption error: the issuer of the token is not a key: it does not have the"
                        + " length of a key",
                "{'iss':'CLUSTER'} | Invalid JWT. WASCAP requires a sub claim to be present",
                "{'iss':'CLUSTER','sub':'s','exp':'soon'} | Serialization error: exp and nbf of the claims must be"
                        + " whole numbers",
                "{'iss':'CLUSTER','sub':'s'} | No wascap metadata found on claims",
                "{'iss':'CLUSTER','sub':'s','wascap':null} | No wascap metadata found on claims",
                "{'iss':'CLUSTER','sub':'s','exp':1799999999} | Invocation claims token expired",
                "{'iss':'CLUSTER','sub':'s','nbf':1800000001} | Attempt to use invocation before claims token allows",
            })
    void saysWhatIsWrongWithTheClaims(String json, String text) {
        String claims = json.replace('\'', '"').replace("CLUSTER", CLUSTER.publicKey());
        refuses(Claims.sign(CLUSTER, claims.getBytes(StandardCharsets.UTF_8)), text);
    }

    @Test
    void acceptsNullAndFutureLimits() {
        assertThat(Claims.verify(signed("\"exp\":null,\"nbf\":null,"), NOW).hash())
                .isEqualTo("H");
        assertThat(Claims.verify(signed("\"exp\":1800000000,\"nbf\":1800000000,"), NOW)
                        .hash())
                .isEqualTo("H");
    }

    @Test
    void refusesAForgedSignature() {
        String token = signed("");
        KeyPair stranger = KeyPair.generate(KeyRole.CLUSTER);
        String body = token.substring(0, token.lastIndexOf('.'));
        byte[] signature = stranger.sign(body.getBytes(StandardCharsets.US_ASCII));
        refuses(
                body + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
                "Invocation claims signature invalid");
        refuses(body + ".", "Invocation claims signature invalid");
        refuses(body + ".é", "Decode error: a segment of the token is not base64url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".e30.", "e30.e30.e30", "\u0000.\u0000.\u0000"})
    void survivesNonsense(String token) {
        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> Claims.verify(token, NOW));
    }

    @Test
    void acceptsIssuersOfAnyKeyType() {
        KeyPair host = KeyPair.generate(KeyRole.HOST);
        String token = Claims.sign(host, "id", "t", "o", "H", NOW);
        assertThat(Claims.verify(token, NOW).issuer()).isEqualTo(host.publicKey());
    }

    @Test
    void hashesTheSliceAndNotTheArrayAroundIt() {
        Bytes slice = Bytes.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
        assertThat(Claims.hash("o", "t", "op", slice))
                .isEqualTo(Claims.hash("o", "t", "op", Bytes.wrap(new byte[] {1, 2})));
    }

    private static String signed(String extra) {
        String json = "{" + extra + "\"iss\":\"" + CLUSTER.publicKey() + "\",\"sub\":\"s\"," + WASCAP + "}";
        return Claims.sign(CLUSTER, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuses(String token, String text) {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> Claims.verify(token, NOW))
                .withMessage(text)
                .satisfies(e -> assertThat(e.code()).isEqualTo(RpcException.Code.REFUSED));
    }
}
