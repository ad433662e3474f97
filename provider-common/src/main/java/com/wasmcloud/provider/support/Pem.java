package com.wasmcloud.provider.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;

/**
 * Certificates in PEM, from files that settings name. The file is read at each call.
 *
 * <p>What a method throws about a file says what is wrong with the file in the rest of a sentence that begins with its name.
 */
public final class Pem {
    private static final byte[] SAMPLE = new byte[32];

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
    public static ServerTrust trust(Path file) throws IOException {
        return trust(certificates(file));
    }

    /**
     * Trusts these certificate authorities, and no others.
     *
     * @throws IOException when they cannot be used
     */
    public static ServerTrust trust(List<Certificate> authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return ServerTrust.in(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot be used: " + Causes.text(e), e);
        }
    }

    /** A client of TLS that trusts the authorities in a file, and shows no certificate of its own. */
    public static SSLContext client(Path file) throws IOException {
        TrustManager[] managers = {trust(file)};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot be used: " + Causes.text(e), e);
        }
    }

    /**
     * Checks that a certificate comes with its own private key: two files that are replaced one after the other do not
     * match for a moment.
     *
     * @param managers of a store with one certificate
     * @throws GeneralSecurityException when there is no certificate, or the key is not its own
     */
    public static void checkPair(KeyManager[] managers) throws GeneralSecurityException {
        X509KeyManager keys = (X509KeyManager) managers[0];
        for (String type : List.of("RSA", "EC", "EdDSA", "Ed25519")) {
            String[] aliases = keys.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                checkPair(keys.getCertificateChain(aliases[0])[0], keys.getPrivateKey(aliases[0]));
                return;
            }
        }
        throw new GeneralSecurityException("there is no certificate with its private key in the files");
    }

    private static void checkPair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        try {
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("the private key is not the certificate's", e);
        }
        throw new GeneralSecurityException("the private key is not the certificate's");
    }
}
