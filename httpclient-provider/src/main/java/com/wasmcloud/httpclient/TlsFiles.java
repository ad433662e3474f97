package com.wasmcloud.httpclient;

import com.wasmcloud.httpclient.HttpClientSettings.Tls;
import com.wasmcloud.provider.support.Pem;
import com.wasmcloud.provider.support.ServerTrust;
import com.wasmcloud.provider.support.SmallFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The contents of a link's TLS files when they were read. An immutable value; {@link #read} and {@link #options} block. */
record TlsFiles(Optional<Buffer> authorities, Optional<Buffer> certificate, Optional<Buffer> key) {
    /**
     * @throws IOException when a file cannot be read; the message begins with its name
     */
    static TlsFiles read(Tls settings) throws IOException {
        return new TlsFiles(content(settings.authorities()), content(settings.certificate()), content(settings.key()));
    }

    private static Optional<Buffer> content(Optional<Path> file) throws IOException {
        return file.isEmpty() ? Optional.empty() : Optional.of(Buffer.buffer(SmallFile.namedBytes(file.get())));
    }

    /**
     * What a client with these files does about TLS.
     *
     * @throws GeneralSecurityException when they cannot be used; the message says why
     */
    ClientSSLOptions options(Duration handshake, Vertx vertx) throws GeneralSecurityException {
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslHandshakeTimeout(handshake.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2")));
        options.setTrustOptions(
                TrustOptions.wrap(authorities.isPresent() ? trusted(authorities.get()) : ServerTrust.byDefault()));
        if (certificate.isPresent() && key.isPresent()) {
            options.setKeyCertOptions(pair(certificate.get(), key.get(), vertx));
        }
        return options;
    }

    private static ServerTrust trusted(Buffer authorities) throws GeneralSecurityException {
        try {
            return Pem.trust(Pem.certificates(authorities.getBytes()));
        } catch (IOException e) {
            throw new GeneralSecurityException("tls_ca_file " + e.getMessage(), e);
        }
    }

    private static PemKeyCertOptions pair(Buffer certificate, Buffer key, Vertx vertx) throws GeneralSecurityException {
        PemKeyCertOptions pair =
                new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
        try {
            Pem.checkPair(pair.getKeyManagerFactory(vertx).getKeyManagers());
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("tls_cert_file and tls_key_file: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new GeneralSecurityException(
                    "tls_cert_file and tls_key_file must hold a certificate and its private key, unencrypted, in PEM",
                    e);
        }
        return pair;
    }
}
