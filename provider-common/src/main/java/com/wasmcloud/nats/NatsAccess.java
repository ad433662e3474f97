package com.wasmcloud.nats;

import com.wasmcloud.provider.support.LineText;
import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How to get into a NATS server: anonymously, with a user token and the seed it belongs to, or with the seed alone.
 *
 * <p>An immutable value that prints without its secrets.
 *
 * @param url with a scheme; {@code tls://} encrypts
 * @param userJwt empty for none
 * @param userSeed empty for none
 * @param caFile certificate authorities to trust for TLS, in PEM; those of the Java runtime when empty
 */
public record NatsAccess(String url, String userJwt, String userSeed, Optional<Path> caFile) {
    /** No credentials and nothing special about TLS. */
    public static NatsAccess anonymous(String url) {
        return new NatsAccess(url, "", "", Optional.empty());
    }

    boolean isEncrypted() {
        return url.startsWith("tls://");
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
        return Optional.of(new SeedLogin(userSeed, userJwt));
    }

    Optional<SSLContext> trust() {
        return caFile.map(NatsAccess::trusting);
    }

    private static SSLContext trusting(Path caFile) {
        try (InputStream pem = Files.newInputStream(caFile)) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null);
            int count = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry("ca" + count++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot read certificate authorities from " + caFile + " (PEM expected): " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "NatsAccess[" + shownUrl() + "]";
    }

    /** Signs the server's challenge with a seed, and shows the token that goes with it if there is one. */
    private record SeedLogin(String seed, String jwt) implements AuthHandler {
        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key().sign(nonce);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign in to NATS", e);
            }
        }

        @Override
        public char @Nullable [] getID() {
            try {
                return jwt.isEmpty() ? key().getPublicKey() : null;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign in to NATS", e);
            }
        }

        @Override
        public char @Nullable [] getJWT() {
            return jwt.isEmpty() ? null : jwt.toCharArray();
        }

        private NKey key() {
            return NKey.fromSeed(seed.toCharArray());
        }

        @Override
        public String toString() {
            return "SeedLogin[***]";
        }
    }
}
