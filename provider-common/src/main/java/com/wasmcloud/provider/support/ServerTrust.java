package com.wasmcloud.provider.support;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies servers as Java does, and takes host names with an underscore, as Compose and Swarm give them: Java compares
 * those with no certificate, whatever names it holds. Of such a name only the comparison with the names in the certificate
 * is done here (RFC 9525, section 6.3).
 *
 * <p>Thread-safe.
 */
public final class ServerTrust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2;

    private final @Nullable KeyStore authorities;
    private @Nullable X509ExtendedTrustManager java;

    private ServerTrust(@Nullable KeyStore authorities) {
        this.authorities = authorities;
    }

    /** Trusts the authorities in a store, and no others. */
    static ServerTrust in(KeyStore authorities) {
        return new ServerTrust(authorities);
    }

    /** Trusts whom Java trusts; its store is read when the first server is verified. */
    public static ServerTrust byDefault() {
        return new ServerTrust(null);
    }

    private synchronized X509ExtendedTrustManager java() throws CertificateException {
        if (java == null) {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(authorities);
                for (TrustManager manager : factory.getTrustManagers()) {
                    if (manager instanceof X509ExtendedTrustManager known) {
                        java = known;
                    }
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the trusted authorities cannot be used: " + Causes.text(e), e);
            }
        }
        if (java == null) {
            throw new CertificateException("this Java has no trust manager for TLS");
        }
        return java;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String host = unusualHost(engine.getSSLParameters(), engine.getHandshakeSession());
        if (host == null) {
            java().checkServerTrusted(chain, authType, engine);
        } else {
            java().checkServerTrusted(chain, authType);
            checkName(chain[0], host);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        String host = socket instanceof SSLSocket secure
                ? unusualHost(secure.getSSLParameters(), secure.getHandshakeSession())
                : null;
        if (host == null) {
            java().checkServerTrusted(chain, authType, socket);
        } else {
            java().checkServerTrusted(chain, authType);
            checkName(chain[0], host);
        }
    }

    /** The name that is to be compared here; null when Java compares it, or none is to be compared. */
    private static @Nullable String unusualHost(SSLParameters parameters, SSLSession session) {
        String algorithm = parameters.getEndpointIdentificationAlgorithm();
        String host = session.getPeerHost();
        boolean compared = algorithm != null && !algorithm.isEmpty();
        return compared && host != null && host.indexOf('_') >= 0 ? host : null;
    }

    private static void checkName(X509Certificate certificate, String host) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0).equals(DNS_NAME) && matches(String.valueOf(name.get(1)), host)) {
                    return;
                }
            }
        }
        throw new CertificateException("No subject alternative DNS name matching " + host + " found.");
    }

    /** Whether they are equal, or a wildcard takes the place of the first label and of nothing else. */
    private static boolean matches(String pattern, String host) {
        int dot = host.indexOf('.');
        return pattern.equalsIgnoreCase(host)
                || (pattern.startsWith("*.")
                        && pattern.indexOf('.', 2) > 0
                        && dot > 0
                        && pattern.substring(1).equalsIgnoreCase(host.substring(dot)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        java().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        java().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        try {
            return java().getAcceptedIssuers();
        } catch (CertificateException e) {
            return new X509Certificate[0];
        }
    }
}
