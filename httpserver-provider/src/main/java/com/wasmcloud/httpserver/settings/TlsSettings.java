package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The TLS files of a listener.
 *
 * @param certificate certificate and private key, in two files or one
 * @param clientAuthorities PEM certificates of authorities, one of which must have signed the certificate of every client
 */
public record TlsSettings(Certificate certificate, Optional<Path> clientAuthorities) {
    /** The files of a certificate and its private key. */
    public sealed interface Certificate {
        /** Both in PEM; the certificate may be followed by its chain. */
        record Pem(Path certificate, Path key) implements Certificate {}

        /** Both in one PKCS#12 file. */
        record Pkcs12(Path file, Secret password) implements Certificate {}
    }

    /** Empty, with the problems noted, when the settings are incomplete. */
    static Optional<TlsSettings> from(Settings settings) {
        Optional<Path> authorities = settings.file("tls.client_ca_file");
        return certificate(settings).map(certificate -> new TlsSettings(certificate, authorities));
    }

    private static Optional<Certificate> certificate(Settings settings) {
        boolean cert = settings.has("tls.cert_file");
        boolean key = settings.has("tls.priv_key_file");
        boolean pkcs12 = settings.has("tls.pkcs12_file");
        if (pkcs12 && (cert || key)) {
            settings.problem("tls.pkcs12_file", "cannot stand beside tls.cert_file and tls.priv_key_file; keep one");
        } else if (!pkcs12 && !cert) {
            settings.problem("tls.cert_file", "is missing: TLS needs a certificate and its key");
        } else if (!pkcs12 && !key) {
            settings.problem("tls.priv_key_file", "is missing: it must come with tls.cert_file");
        }
        Optional<Path> certFile = settings.file("tls.cert_file");
        Optional<Path> keyFile = settings.file("tls.priv_key_file");
        Secret password = settings.secret("tls.pkcs12_password").orElse(new Secret(""));
        return pkcs12
                ? settings.file("tls.pkcs12_file").map(file -> new Certificate.Pkcs12(file, password))
                : certFile.flatMap(file -> keyFile.map(keyOfIt -> new Certificate.Pem(file, keyOfIt)));
    }
}
