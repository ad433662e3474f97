package com.wasmcloud.nkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.wasmcloud.wasmbus.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairTest {
    @ParameterizedTest
    @CsvSource({
        Golden.CLUSTER_SEED + "," + Golden.CLUSTER,
        "SNACAIJCEMSCKJRHFAUSUKZMFUXC6MBRGIZTINJWG44DSOR3HQ6T4P5DXI," + Golden.HOST,
        "SMAEAQKCINCEKRSHJBEUUS2MJVHE6UCRKJJVIVKWK5MFSWS3LROV4X4CEE," + Golden.ACTOR,
        "SVAGAYLCMNSGKZTHNBUWU23MNVXG64DROJZXI5LWO54HS6T3PR6X4766NU," + Golden.PROVIDER,
        "SAAIBAMCQOCILBUHRCEYVC4MRWHI7EERSKJZJFMWS6MJTGU3TSOZ5H5NOU,"
                + "ADGRJM37SVXJKMMU7573OOZ5QHOMKYOWDJ2TQCKLPQ7BUZB64XZ2U4HC",
    })
    void knowsPublishedPairs(String seed, String publicKey) {
        KeyPair pair = KeyPair.fromSeed(seed);
        assertThat(pair.publicKey()).isEqualTo(publicKey);
        assertThat(pair.seed()).isEqualTo(seed);
    }

    @ParameterizedTest
    @EnumSource(KeyRole.class)
    void makesKeysOfEveryRoleThatSurviveTheirText(KeyRole role) {
        KeyPair made = KeyPair.generate(role);
        assertThat(made.publicKey())
                .hasSize(56)
                .isNotEqualTo(KeyPair.generate(role).publicKey());
        assertThat(made.seed()).hasSize(58).startsWith("S" + made.publicKey().charAt(0));
        assertThat(KeyPair.fromSeed(made.seed()).publicKey()).isEqualTo(made.publicKey());
    }

    @ParameterizedTest
    @CsvSource({
        "'',length",
        "SCAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4HYO7A,checksum",
        "SCAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4HYO71,character",
        Golden.CLUSTER + ",length",
    })
    void refusesWhatIsNoSeedWithoutQuotingIt(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPair.fromSeed(text))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SCAAAAICA"));
    }

    @Test
    void doesNotPrintItsSeed() {
        assertThat(KeyPair.fromSeed(Golden.CLUSTER_SEED)).hasToString(Golden.CLUSTER);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void signsWithTheNativeLibraryWhereThereIsOne() {
        assertThat(Ed25519.fastest()).hasToString("Amazon Corretto Crypto Provider");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x02, 0x7f, 0xff})
    void acceptsNothingUnderAKeyThatIsNoPointOfTheCurve(int filling) {
        byte[] key = new byte[KeyText.KEY_SIZE];
        Arrays.fill(key, (byte) filling);
        byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
        byte[] signature = new byte[64];
        Arrays.fill(signature, (byte) filling);
        assertThat(Ed25519.fastest().verify(key, message, signature)).isFalse();
        assertThat(Ed25519.portable().verify(key, message, signature)).isFalse();
    }

    @Test
    void everyImplementationMakesAndAcceptsTheSameSignatures() {
        byte[] seed = KeyText.seedBytes(Golden.CLUSTER_SEED);
        byte[] key = Ed25519.publicKey(seed);
        byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
        byte[] signature = Ed25519.portable().signer(seed).sign(message);
        assertThat(Ed25519.fastest().signer(seed).sign(message)).isEqualTo(signature);
        assertThat(Ed25519.fastest().verify(key, message, signature)).isTrue();
        assertThat(Ed25519.portable().verify(key, message, signature)).isTrue();
        signature[10] ^= 1;
        assertThat(Ed25519.fastest().verify(key, message, signature)).isFalse();
        assertThat(Ed25519.portable().verify(key, message, signature)).isFalse();
        assertThat(Ed25519.fastest().verify(key, message, new byte[3])).isFalse();
        assertThat(Ed25519.portable().verify(key, message, new byte[3])).isFalse();
        assertThat(Ed25519.fastest().verify(new byte[32], message, signature)).isFalse();
    }
}
