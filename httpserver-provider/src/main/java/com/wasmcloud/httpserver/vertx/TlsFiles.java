package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.TlsSettings;
import com.wasmcloud.httpserver.settings.TlsSettings.Certificate;
import com.wasmcloud.provider.support.Pem;
import com.wasmcloud.provider.support.SmallFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;

/**
 * The contents of the TLS files of a listener when they were read. An immutable value; reading and {@link #options}
 * block.
 *
 * @param contents of the certificate's files and then of the authorities' file, if there is one
 */
record TlsFiles(TlsSettings settings, List<Buffer> contents) {
    static TlsFiles read(TlsSettings settings) throws IOException {
        List<Buffer> contents = new ArrayList<>();
        if (settings.certificate() instanceof Certificate.Pem pem) {
            contents.add(content(pem.certificate()));
            contents.add(content(pem.key()));
        } else if (settings.certificate() instanceof Certificate.Pkcs12 pkcs12) {
            contents.add(content(pkcs12.file()));
        }
        if (settings.clientAuthorities().isPresent()) {
            contents.add(content(settings.clientAuthorities().get()));
        }
        return new TlsFiles(settings, contents);
    }

    private static Buffer content(Path file) throws IOException {
        return Buffer.buffer(SmallFile.namedBytes(file));
    }

    /**
     * The TLS options of a server with these files.
     *
     * @throws GeneralSecurityException when the files cannot be used; the message says why
     */
    ServerSSLOptions options(Vertx vertx) throws GeneralSecurityException {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(checked(certificate(), vertx))
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(Set.of("TLSv1.2", "TLSv1.3")))
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
        Optional<PemTrustOptions> authorities = authorities();
        authorities.ifPresent(
                trusted -> options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(trusted));
        return options;
    }

    private KeyCertOptions certificate() {
        if (settings.certificate() instanceof Certificate.Pkcs12 pkcs12) {
            return new PfxOptions()
                    .setValue(contents.get(0))
                    .setPassword(pkcs12.password().reveal());
        }
        return new PemKeyCertOptions().addCertValue(contents.get(0)).addKeyValue(contents.get(1));
    }

    private Optional<PemTrustOptions> authorities() throws GeneralSecurityException {
        if (settings.clientAuthorities().isEmpty()) {
            return Optional.empty();
        }
        Buffer content = contents.get(contents.size() - 1);
        try {
            Pem.certificates(content.getBytes());
        } catch (IOException e) {
            throw new GeneralSecurityException("tls.client_ca_file holds no certificates in PEM", e);
        }
        return Optional.of(new PemTrustOptions().addCertValue(content));
    }

    private KeyCertOptions checked(KeyCertOptions options, Vertx vertx) throws GeneralSecurityException {
        KeyManager[] managers;
        try {
            managers = options.getKeyManagerFactory(vertx).getKeyManagers();
        } catch (Exception e) {
            throw new GeneralSecurityException(
                    settings.certificate() instanceof Certificate.Pkcs12
                            ? "tls.pkcs12_file is no PKCS#12 file that tls.pkcs12_password opens"
                            : "tls.cert_file and tls.priv_key_file must hold a certificate and its private key, unencrypted, in"
                                    + " PEM",
                    e);
        }
        Pem.checkPair(managers);
        return options;
    }
}
