package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {
    /** Self-signed, of a test. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdjCCARugAwIBAgIUGtDPNoxgpBXYFec9g1majXaeEqwwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMzAyMjM0NTNaGA8yMTI2MTEwNjIyMzQ1
            M1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEF6
            IDcuvJqvuRwycoe90lGvfM0zsHxfGDAtFbWdIMxb+gRgT9VIynsrLEDwEuOYmmpm
            xTdSlKuryzEwUSmhAASjUzBRMB0GA1UdDgQWBBRNErOhjHHqK1NsQISGlRc3pJSN
            dzAfBgNVHSMEGDAWgBRNErOhjHHqK1NsQISGlRc3pJSNdzAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDeYBxd9XrovbLYf5b/FN0lrFb9imfPc5+y
            QPKO1N6dXwIhALZdJnaeN1AVpkc096zPBl5jcctZ2WoNjyoSsitpWKMl
            -----END CERTIFICATE-----
            """;

    @TempDir
    Path folder;

    @Test
    void trustsTheAuthoritiesOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), CERTIFICATE + CERTIFICATE);

        assertThat(Pem.certificates(file)).hasSize(2);
        assertThat(Pem.trust(file).getAcceptedIssuers()).hasSize(1);
        assertThat(Pem.client(file).getProtocol()).isEqualTo("TLS");
    }

    @Test
    void refusesAFileWithoutACertificate() throws IOException {
        for (String content : new String[] {"", "hello\n", "-----BEGIN CERTIFICATE-----\nAAAA\n", "-----BEGIN"}) {
            Path file = Files.writeString(folder.resolve("none.pem"), content);
            assertThatIOException()
                    .isThrownBy(() -> Pem.trust(file))
                    .as(content)
                    .withMessage("holds no certificate in PEM");
        }
        assertThatIOException().isThrownBy(() -> Pem.trust(folder)).withMessage("is not a regular file");
    }
}
