package com.wasmcloud.lattice;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A key of the lattice: its public text, and the seed behind it with which it signs.
 *
 * <p>Immutable and thread-safe. Prints as its public key; only {@link #seed()} gives the secret.
 */
public final class KeyPair {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String publicKey;
    private final String seed;
    private final byte[] rawSeed;
    private final byte[] rawKey;
    private volatile Ed25519.@Nullable Signer signer;

    private KeyPair(KeyRole role, byte[] seed) {
        this.rawSeed = seed;
        this.rawKey = Ed25519.publicKey(seed);
        this.publicKey = KeyText.ofPublic(role, rawKey);
        this.seed = KeyText.ofSeed(role, seed);
    }

    /** Makes a new key. */
    public static KeyPair generate(KeyRole role) {
        byte[] seed = new byte[KeyText.KEY_SIZE];
        RANDOM.nextBytes(seed);
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
        return publicKey;
    }

    /** The secret seed as text, 58 characters. */
    public String seed() {
        return seed;
    }

    /** The 64 bytes of this key's signature. */
    public byte[] sign(byte[] message) {
        Ed25519.@Nullable Signer ready = signer;
        if (ready == null) { // the library behind it is slow to load, and not every key ever signs
            ready = Ed25519.fastest().signer(rawSeed, rawKey);
            signer = ready;
        }
        return ready.sign(message);
    }

    @Override
    public String toString() {
        return publicKey;
    }
}
