package com.wasmcloud.nats;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.provider.support.LineText;
import com.wasmcloud.provider.support.Pem;
import io.nats.client.AuthHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to get into a NATS server: anonymously, with a user token and the seed it belongs to, or with the seed alone.
 *
 * <p>An immutable value that prints without its secrets.
 *
 * @param url one server or several with commas between them; {@code tls://} encrypts
 * @param userJwt empty for none
 * @param userSeed empty for none
 * @param caFile certificate authorities to trust for TLS, in PEM; those of the Java runtime when empty
 */
public record NatsAccess(String url, String userJwt, String userSeed, Optional<Path> caFile) {
    /** No credentials and nothing special about TLS. */
    public static NatsAccess anonymous(String url) {
        return new NatsAccess(url, "", "", Optional.empty());
    }

    /** The servers, as the client wants them. */
    String[] servers() {
        return ServerNames.of(url);
    }

    /** The URL without the user and password that it may hold. */
    String shownUrl() {
        return LineText.withoutCredentials(url);
    }

    Optional<AuthHandler> authentication() {
        if (userSeed.isEmpty() && userJwt.isEmpty()) {
            return Optional.empty();
        }
        if (userSeed.isEmpty()) {
            throw new IllegalArgumentException("the host data has a NATS user token but no seed to prove it with");
        }
        try {
            return Optional.of(new SeedLogin(KeyPair.fromSeed(userSeed), userJwt));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the NATS user seed in the host data is unusable: " + e.getMessage(), e);
        }
    }

    Optional<SSLContext> trust() {
        return caFile.map(NatsAccess::trusting);
    }

    private static SSLContext trusting(Path caFile) {
        try {
            return Pem.client(caFile);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read certificate authorities from " + caFile + " (PEM expected): " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "NatsAccess[" + shownUrl() + "]";
    }

    /** Signs the server's challenge with a key, and shows the token that goes with it if there is one. */
    private record SeedLogin(KeyPair key, String jwt) implements AuthHandler {
        @Override
        public byte[] sign(byte[] nonce) {
            return key.sign(nonce);
        }

        @Override
        public char @Nullable [] getID() {
            return jwt.isEmpty() ? key.publicKey().toCharArray() : null;
        }

        @Override
        public char @Nullable [] getJWT() {
            return jwt.isEmpty() ? null : jwt.toCharArray();
        }

        @Override
        public String toString() {
            return "SeedLogin[***]";
        }
    }
}
