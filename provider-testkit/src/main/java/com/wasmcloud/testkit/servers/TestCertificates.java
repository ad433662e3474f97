package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * An authority of its own, a certificate for servers on 127.0.0.1 and {@code localhost}, and one for clients: PEM files
 * in a folder, made anew each time and good for a day.
 *
 * <p>Immutable and thread-safe. The folder belongs to the caller.
 *
 * @param directory where the files are
 */
public record TestCertificates(Path directory) {
    private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final List<String> FILES =
            List.of("authority.pem", "server.pem", "server-key.pem", "client.pem", "client-key.pem");

    /** Makes a set of its own in an existing folder. */
    public static TestCertificates in(Path directory) {
        try {
            KeyPair authority = keyPair();
            KeyPair server = keyPair();
            KeyPair client = keyPair();
            String authorityName = "CN=Authority for tests";
            byte[] authorityCertificate = certificate(authorityName, authorityName, authority, authority, true);
            byte[] serverCertificate = certificate("CN=localhost", authorityName, server, authority, false);
            byte[] clientCertificate = certificate("CN=client", authorityName, client, authority, false);
            TestCertificates set = new TestCertificates(directory);
            write(set.authority(), "CERTIFICATE", authorityCertificate);
            write(set.serverCertificate(), "CERTIFICATE", serverCertificate);
            write(set.serverKey(), "PRIVATE KEY", server.getPrivate().getEncoded());
            write(set.clientCertificate(), "CERTIFICATE", clientCertificate);
            write(set.clientKey(), "PRIVATE KEY", client.getPrivate().getEncoded());
            return set;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write certificates for tests into " + directory, failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot make certificates for tests", failure);
        }
    }

    /** The authority's certificate, which both sides are to trust. */
    public Path authority() {
        return directory.resolve("authority.pem");
    }

    /** The server's certificate. */
    public Path serverCertificate() {
        return directory.resolve("server.pem");
    }

    /** The server's private key, PKCS #8. */
    public Path serverKey() {
        return directory.resolve("server-key.pem");
    }

    /** The client's certificate. */
    public Path clientCertificate() {
        return directory.resolve("client.pem");
    }

    /** The client's private key, PKCS #8. */
    public Path clientKey() {
        return directory.resolve("client-key.pem");
    }

    /** The same files in another folder, for a server that sees only its own. */
    TestCertificates copiedTo(Path other) throws IOException {
        for (String file : FILES) {
            Files.copy(directory.resolve(file), other.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return new TestCertificates(other);
    }

    /** What a server of this JVM shows its clients. */
    SSLContext serverContext() {
        try (InputStream certificate = Files.newInputStream(serverCertificate())) {
            String key = Files.readString(serverKey()).replaceAll("-----[^-]+-----", "");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    KeyFactory.getInstance("EC")
                            .generatePrivate(new PKCS8EncodedKeySpec(
                                    Base64.getMimeDecoder().decode(key))),
                    new char[0],
                    new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(certificate)});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read certificates for tests from " + directory, failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot use certificates for tests", failure);
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] certificate(String subject, String issuer, KeyPair keys, KeyPair signer, boolean authority)
            throws IOException, GeneralSecurityException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, "tls_server"),
            new GeneralName(GeneralName.dNSName, "*.wild.test")
        }));
        Instant now = Instant.now();
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(
                new ASN1Integer(BigInteger.valueOf(System.nanoTime()).abs()));
        content.setSignature(ALGORITHM);
        content.setIssuer(new X500Name(issuer));
        content.setSubject(new X500Name(subject));
        content.setStartDate(new Time(Date.from(now.minus(Duration.ofHours(1)))));
        content.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(1)))));
        content.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        content.setExtensions(extensions.generate());
        TBSCertificate unsigned = content.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(unsigned.getEncoded("DER"));
        return new DERSequence(new ASN1Encodable[] {unsigned, ALGORITHM, new DERBitString(signature.sign())})
                .getEncoded("DER");
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                file,
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, base64.encodeToString(content)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
