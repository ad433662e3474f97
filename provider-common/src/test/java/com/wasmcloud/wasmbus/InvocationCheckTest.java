package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationCheckTest {
    private static final KeyPair CLUSTER = KeyPair.generate(KeyRole.CLUSTER);
    private static final KeyPair HOST = KeyPair.generate(KeyRole.HOST);
    private static final Entity PROVIDER =
            new Entity(KeyPair.generate(KeyRole.PROVIDER).publicKey(), "default", "wasmcloud:keyvalue");
    private static final Entity ACTOR =
            Entity.actor(KeyPair.generate(KeyRole.ACTOR).publicKey());
    private static final Bytes MESSAGE = Bytes.utf8("x");

    private final InvocationCheck check =
            new InvocationCheck(List.of(CLUSTER.publicKey()), PROVIDER.publicKey(), HOST.publicKey());

    @Test
    void passesACallThatIsInOrder() {
        assertThatCode(() -> check.check(call(CLUSTER, PROVIDER, HOST.publicKey())))
                .doesNotThrowAnyException();
    }

    @Test
    void passesTheClusterKeyThatOneHostFamilyWritesForItsHost() {
        assertThatCode(() -> check.check(call(CLUSTER, PROVIDER, CLUSTER.publicKey())))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAHostIdThatIsNone() {
        refuses(call(CLUSTER, PROVIDER, "X"), "Invalid host ID on invocation: 'X'");
    }

    @Test
    void refusesAStrangersCluster() {
        refuses(
                call(KeyPair.generate(KeyRole.CLUSTER), PROVIDER, HOST.publicKey()),
                "Issuer of this invocation is not in list of cluster issuers");
    }

    @Test
    void refusesACallForSomebodyElse() {
        Entity other = new Entity("VX", "default", "wasmcloud:keyvalue");
        refuses(call(CLUSTER, other, HOST.publicKey()), "target key mismatch: VX != " + HOST.publicKey());
    }

    @Test
    void refusesAnotherArgumentThanTheOneThatWasSigned() {
        Invocation call = call(CLUSTER, PROVIDER, HOST.publicKey()).with(Bytes.utf8("y"));
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> check.check(call))
                .withMessageMatching(
                        "Invocation hash does not match signed claims hash \\([0-9A-F]{64} / [0-9A-F]{64}\\)");
    }

    @Test
    void refusesClaimsAboutOtherUrls() {
        String origin = ACTOR.url();
        String target = PROVIDER.url() + "/KeyValue.Get";
        String hash = Claims.hash(origin, target, "KeyValue.Get", MESSAGE);
        refuses(
                signed(Claims.sign(CLUSTER, "id", "wasmbus://x", origin, hash, 1), PROVIDER, HOST.publicKey()),
                "Invocation claims and invocation target URL do not match: wasmbus://x != " + target);
        refuses(
                signed(Claims.sign(CLUSTER, "id", target, "wasmbus://x", hash, 1), PROVIDER, HOST.publicKey()),
                "Invocation claims and invocation origin URL do not match");
    }

    @Test
    void refusesATokenThatIsNone() {
        refuses(
                signed("x", PROVIDER, HOST.publicKey()),
                "JWT error: invalid token format, expected 3 segments, found 1");
    }

    private void refuses(Invocation call, String text) {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> check.check(call))
                .withMessage(text)
                .satisfies(e -> assertThat(e.code()).isEqualTo(RpcException.Code.REFUSED));
    }

    private static Invocation call(KeyPair cluster, Entity target, String hostId) {
        String targetUrl = target.url() + "/KeyValue.Get";
        String hash = Claims.hash(ACTOR.url(), targetUrl, "KeyValue.Get", MESSAGE);
        return signed(Claims.sign(cluster, "id", targetUrl, ACTOR.url(), hash, 1), target, hostId);
    }

    private static Invocation signed(String token, Entity target, String hostId) {
        return new Invocation(
                ACTOR, target, "KeyValue.Get", MESSAGE, "id", token, hostId, Optional.of(1L), Optional.empty());
    }
}
