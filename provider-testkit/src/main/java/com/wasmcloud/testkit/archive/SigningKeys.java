package com.wasmcloud.testkit.archive;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Keys for archives, from where wash takes them too: a seed itself, or the file that holds it. */
public final class SigningKeys {
    private SigningKeys() {}

    /**
     * The key behind a seed.
     *
     * @param what names the key in problems
     * @param seedOrFile the seed, or a file that holds it and nothing else
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is no seed, or that of another kind of key; it is not quoted
     */
    public static KeyPair read(String what, String seedOrFile, KeyRole role) throws IOException {
        String seed = seedOrFile.strip();
        if (isFile(seed)) {
            seed = Files.readString(Path.of(seed)).strip();
        }
        KeyPair key;
        try {
            key = KeyPair.fromSeed(seed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " is neither a seed nor a file that holds one: " + e.getMessage(), e);
        }
        char wanted = KeyPair.generate(role).publicKey().charAt(0);
        if (key.publicKey().charAt(0) != wanted) {
            throw new IllegalArgumentException(what + " must be the seed of a key that begins with " + wanted
                    + " (S" + wanted + "…); this one begins with "
                    + key.publicKey().charAt(0));
        }
        return key;
    }

    private static boolean isFile(String seed) {
        try {
            return Files.isRegularFile(Path.of(seed));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
