package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Pem;
import com.wasmcloud.provider.support.ServerTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/** Whom a link trusts, in the form that the client wants; a file is read again for each connection. */
final class Trust extends TrustManagerFactorySpi {
    private final Optional<Path> authorities;

    private Trust(Optional<Path> authorities) {
        this.authorities = authorities;
    }

    /**
     * Trusts the authorities in a file, or those that Java trusts.
     *
     * @throws IllegalStateException when this Java has no TLS
     */
    static TrustManagerFactory in(Optional<Path> authorities) {
        try {
            TrustManagerFactory ofJava = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            return new TrustManagerFactory(new Trust(authorities), ofJava.getProvider(), ofJava.getAlgorithm()) {};
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void engineInit(KeyStore unused) {}

    @Override
    protected void engineInit(ManagerFactoryParameters unused) {}

    @Override
    protected TrustManager[] engineGetTrustManagers() {
        try {
            return new TrustManager[] {authorities.isPresent() ? Pem.trust(authorities.get()) : ServerTrust.byDefault()
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the file of tls_ca_file " + e.getMessage(), e);
        }
    }
}
