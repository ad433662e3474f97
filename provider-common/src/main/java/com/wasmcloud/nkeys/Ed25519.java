package com.wasmcloud.nkeys;

import com.wasmcloud.contract.rpc.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ed25519 signatures, by far the dearest part of a call: with Amazon's native library where it loads (about 10 µs to
 * sign and 40 µs to verify), else with BouncyCastle (several times that), never with the JDK's own (half a millisecond).
 *
 * <p>Thread-safe.
 */
public abstract class Ed25519 {
    private static final String NATIVE_PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    /** Without this it reads no Ed25519 keys of ours; it is looked at when the library loads. */
    private static final String NATIVE_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private Ed25519() {}

    /** The fastest implementation that works on this machine; the first call loads it. */
    public static Ed25519 fastest() {
        return Fastest.INSTANCE;
    }

    /** BouncyCastle's, which works everywhere. */
    public static Ed25519 portable() {
        return new Portable();
    }

    /**
     * The public key that belongs to a 32-byte seed. The JDK is asked, by a generator whose random bytes are the seed: slow
     * for signing, but this is done once, and BouncyCastle's tables for it would take 25 MB and ten times as long to make.
     */
    public static byte[] publicKey(byte[] seed) {
        byte[] publicKey = new byte[KeyText.KEY_SIZE];
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
            byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
            System.arraycopy(encoded, encoded.length - publicKey.length, publicKey, 0, publicKey.length);
        } catch (GeneralSecurityException e) { // a runtime made without it
            org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        }
        return publicKey;
    }

    /** Gives out a seed where random bytes are wanted. */
    private static final class SeedAsRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        SeedAsRandom(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("the key generator does not take a seed of " + seed.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /** A signer for one seed. */
    public abstract Signer signer(byte[] seed);

    /** Whether the signature of the message was made with the seed behind the public key. */
    public abstract boolean verify(byte[] publicKey, byte[] message, byte[] signature);

    /** Which implementation this is, for logs and measurements. */
    @Override
    public abstract String toString();

    /** Signs with one key; thread-safe. */
    @FunctionalInterface
    public interface Signer {
        /** The 64 bytes of the signature. */
        byte[] sign(byte[] message);
    }

    /** Loads on first use, which takes a tenth of a second. */
    private static final class Fastest {
        // the first test vector of RFC 8032
        private static final byte[] KNOWN_SEED =
                HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        private static final byte[] KNOWN_KEY =
                HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        private static final byte[] KNOWN_SIGNATURE = HexFormat.of()
                .parseHex(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                                + "d25bf5f0595bbe24655141438e7a100b");
        private static final Ed25519 INSTANCE = choose();

        private static Ed25519 choose() {
            Logger log = LoggerFactory.getLogger(Ed25519.class);
            try {
                System.setProperty(NATIVE_KEYS, "true");
                Provider provider = (Provider)
                        Class.forName(NATIVE_PROVIDER).getField("INSTANCE").get(null);
                Ed25519 library = new Native(provider);
                byte[] signature = library.signer(KNOWN_SEED).sign(new byte[0]);
                if (Arrays.equals(signature, KNOWN_SIGNATURE) && library.verify(KNOWN_KEY, new byte[0], signature)) {
                    return library;
                }
                log.warn("the native signature library gives wrong results here; signing with BouncyCastle instead");
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                log.debug("the native signature library does not load here; signing with BouncyCastle instead", e);
            }
            return portable();
        }
    }

    private static final class Portable extends Ed25519 {
        @Override
        public Signer signer(byte[] seed) {
            byte[] publicKey = publicKey(seed);
            return message -> {
                byte[] signature = new byte[64];
                org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                        seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
                return signature;
            };
        }

        @Override
        public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            return signature.length == 64
                    && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                            signature, 0, publicKey, 0, message, 0, message.length);
        }

        @Override
        public String toString() {
            return "BouncyCastle";
        }
    }

    private static final class Native extends Ed25519 {
        private static final byte[] PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
        private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
        private static final int MOST_KEYS_KEPT = 256;

        private final KeyFactory keys;
        private final ThreadLocal<Signature> signatures;
        private final Map<Bytes, PublicKey> publicKeys = new ConcurrentHashMap<>();

        Native(Provider provider) {
            try {
                keys = KeyFactory.getInstance("Ed25519", provider);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            signatures = ThreadLocal.withInitial(() -> {
                try {
                    return Signature.getInstance("Ed25519", provider);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public Signer signer(byte[] seed) {
            PrivateKey key;
            try {
                key = keys.generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE_PREFIX, seed)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("unusable seed", e);
            }
            return message -> {
                try {
                    Signature signature = signatures.get();
                    signature.initSign(key);
                    signature.update(message);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("cannot sign", e);
                }
            };
        }

        @Override
        public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            try {
                Signature verifier = signatures.get();
                verifier.initVerify(decoded(publicKey));
                verifier.update(message);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                return false; // a key or signature of a form that nothing valid has
            }
        }

        private PublicKey decoded(byte[] raw) throws GeneralSecurityException {
            Bytes key = Bytes.wrap(raw);
            @Nullable PublicKey known = publicKeys.get(key);
            if (known == null) {
                known = keys.generatePublic(new X509EncodedKeySpec(joined(PUBLIC_PREFIX, raw)));
                if (publicKeys.size() < MOST_KEYS_KEPT) { // strangers' keys must not fill the memory
                    publicKeys.put(key, known);
                }
            }
            return known;
        }

        private static byte[] joined(byte[] prefix, byte[] raw) {
            byte[] joined = new byte[prefix.length + raw.length];
            System.arraycopy(prefix, 0, joined, 0, prefix.length);
            System.arraycopy(raw, 0, joined, prefix.length, raw.length);
            return joined;
        }

        @Override
        public String toString() {
            return "Amazon Corretto Crypto Provider";
        }
    }
}
