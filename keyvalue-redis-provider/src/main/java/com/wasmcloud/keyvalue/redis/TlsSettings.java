package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.support.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * TLS settings, for URLs that ask for TLS. An immutable value; the files are read again for each connection, so that
 * renewed certificates are used from the next one on.
 *
 * @param authorities who may sign the server's certificate, in PEM; the JVM's default trust store when empty
 * @param certificate the client's certificate and its chain, in PEM
 * @param key the private key of that certificate, in PEM as PKCS #8
 * @param keyPassword what the key is encrypted with
 */
record TlsSettings(
        Optional<Path> authorities,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Secret> keyPassword,
        Verification verification) {

    /** What is verified of the server's certificate. */
    enum Verification {
        /** Its signature, and that it is for the host that was connected to. */
        FULL,
        /** Its signature. */
        CA,
        /** Nothing: whoever is on the way can read and change everything. */
        NONE
    }

    static TlsSettings from(Settings settings, boolean insecure) {
        Optional<Path> authorities = settings.certificates("tls_ca_file");
        Optional<Path> certificate = settings.certificates("tls_cert_file");
        Optional<Secret> password = settings.secret("tls_key_password");
        Optional<Path> key = key(settings, "tls_key_file", password.isPresent());
        if (settings.has("tls_cert_file") != settings.has("tls_key_file")) {
            settings.problem(
                    settings.has("tls_cert_file") ? "tls_cert_file" : "tls_key_file",
                    "needs the other one of tls_cert_file and tls_key_file");
        }
        Verification byDefault = insecure ? Verification.NONE : Verification.FULL;
        return new TlsSettings(
                authorities,
                certificate,
                key,
                password,
                settings.parsed("tls_verify", byDefault, TlsSettings::verification));
    }

    private static Verification verification(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "full" -> Verification.FULL;
            case "ca" -> Verification.CA;
            case "none" -> Verification.NONE;
            default -> throw new IllegalArgumentException("must be full, ca or none");
        };
    }

    private static Optional<Path> key(Settings settings, String name, boolean hasPassword) {
        return settings.file(name).filter(file -> {
            String begin = hasPassword ? "-----BEGIN ENCRYPTED PRIVATE KEY-----" : "-----BEGIN PRIVATE KEY-----";
            try {
                if (new String(SmallFile.bytes(file), StandardCharsets.ISO_8859_1).contains(begin)) {
                    return true;
                }
            } catch (IOException e) {
                // said below
            }
            settings.problem(
                    name,
                    "names the file " + file.toAbsolutePath() + ", which holds no line '" + begin
                            + "'; openssl pkcs8 -topk8 turns other forms of key into that one");
            return false;
        });
    }
}
