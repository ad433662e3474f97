package com.wasmcloud.provider.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates in PEM, from files that settings name. The file is read at each call.
 *
 * <p>What a method throws says what is wrong with the file in the rest of a sentence that begins with its name.
 */
public final class Pem {
    private Pem() {}

    /**
     * The certificates in a file, one at the least.
     *
     * @throws IOException when it cannot be read or holds none
     */
    public static List<Certificate> certificates(Path file) throws IOException {
        return certificates(SmallFile.bytes(file));
    }

    /**
     * The certificates in what was read from a file, one at the least.
     *
     * @throws IOException when it holds none
     */
    public static List<Certificate> certificates(byte[] content) throws IOException {
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (!certificates.isEmpty()) {
                return List.copyOf(certificates);
            }
        } catch (CertificateException e) {
            throw new IOException("holds no certificate in PEM", e); // what the parser says helps nobody
        }
        throw new IOException("holds no certificate in PEM");
    }

    /**
     * Trusts the certificate authorities in a file, and no others.
     *
     * @throws IOException when it cannot be read or holds none
     */
    public static TrustManagerFactory trust(Path file) throws IOException {
        List<Certificate> authorities = certificates(file);
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot be used: " + Causes.text(e), e);
        }
    }

    /** The same for libraries that want managers. */
    public static TrustManager[] trustManagers(Path file) throws IOException {
        return trust(file).getTrustManagers();
    }

    /** The same as a client of TLS that shows no certificate of its own. */
    public static SSLContext client(Path file) throws IOException {
        TrustManager[] managers = trustManagers(file);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot be used: " + Causes.text(e), e);
        }
    }
}
