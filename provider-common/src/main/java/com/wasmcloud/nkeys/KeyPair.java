package com.wasmcloud.nkeys;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A key of the lattice: its public text, and the seed behind it with which it signs.
 *
 * <p>Immutable and thread-safe. Prints as its public key; only {@link #seed()} gives the secret.
 */
public final class KeyPair {
    private final KeyRole role;
    private final byte[] seed;
    /** What is dear to derive, and not needed by every key: made when it is first asked for. */
    private volatile @Nullable String publicKey;

    private volatile Ed25519.@Nullable Signer signer;

    private KeyPair(KeyRole role, byte[] seed) {
        this.role = role;
        this.seed = seed;
    }

    /** Makes a new key. */
    public static KeyPair generate(KeyRole role) {
        byte[] seed = new byte[KeyText.KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        return new KeyPair(role, seed);
    }

    /**
     * The key behind a seed, {@code S…}.
     *
     * @throws IllegalArgumentException when the text is no seed; the reason does not quote it
     */
    public static KeyPair fromSeed(String seed) {
        return new KeyPair(KeyText.seedRole(seed), KeyText.seedBytes(seed));
    }

    /** The public key as text, 56 characters. */
    public String publicKey() {
        String known = publicKey;
        if (known == null) {
            known = KeyText.ofPublic(role, Ed25519.publicKey(seed));
            publicKey = known;
        }
        return known;
    }

    /** The secret seed as text, 58 characters. */
    public String seed() {
        return KeyText.ofSeed(role, seed);
    }

    /** The 64 bytes of this key's signature. */
    public byte[] sign(byte[] message) {
        Ed25519.@Nullable Signer ready = signer;
        if (ready == null) {
            ready = Ed25519.fastest().signer(seed);
            signer = ready;
        }
        return ready.sign(message);
    }

    @Override
    public String toString() {
        return publicKey();
    }
}
