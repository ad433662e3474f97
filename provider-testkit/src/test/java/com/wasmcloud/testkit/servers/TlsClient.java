package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads a set of certificates as a client does. */
final class TlsClient {
    private TlsClient() {}

    /** Trusts the set's authority and shows its client certificate when {@code certified}. */
    static SSLContext context(TestCertificates set, boolean certified) throws IOException, GeneralSecurityException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry("authority", certificate(set.authority()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = empty();
        if (certified) {
            String base64 = Files.readString(set.clientKey()).replaceAll("-----[^-]+-----|\\s", "");
            PKCS8EncodedKeySpec key =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            own.setKeyEntry(
                    "client", KeyFactory.getInstance("EC").generatePrivate(key), new char[0], new Certificate[] {
                        certificate(set.clientCertificate())
                    });
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (InputStream input = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }
}
