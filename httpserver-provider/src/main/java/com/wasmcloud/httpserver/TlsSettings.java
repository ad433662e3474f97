package com.wasmcloud.httpserver;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that make a listener speak TLS.
 *
 * @param certificate certificate and private key, in two files or one
 * @param clientAuthorities in PEM, who must have signed the certificate that every client then has to show
 */
record TlsSettings(Certificate certificate, Optional<Path> clientAuthorities) {
    /** Where a certificate and its key come from. */
    sealed interface Certificate {
        /** Both in PEM; the certificate may be followed by those that signed it. */
        record Pem(Path certificate, Path key) implements Certificate {}

        /** One PKCS#12 file for both. */
        record Pkcs12(Path file, Secret password) implements Certificate {}
    }

    /** Empty, with the problems noted, when the settings do not make a whole. */
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
