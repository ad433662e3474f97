package com.wasmcloud.httpserver.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.httpserver.settings.TlsSettings;
import com.wasmcloud.httpserver.settings.TlsSettings.Certificate;
import com.wasmcloud.testkit.servers.TestCertificates;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    Path folder;

    /** The JDK refuses older versions as well, until somebody allows them in its configuration. */
    @Test
    void allowsNoVersionBeforeTls12() throws Exception {
        TestCertificates files = TestCertificates.in(folder);
        TlsSettings settings =
                new TlsSettings(new Certificate.Pem(files.serverCertificate(), files.serverKey()), Optional.empty());
        Vertx vertx = Vertx.vertx();
        try {
            assertThat(TlsFiles.read(settings).options(vertx).getEnabledSecureTransportProtocols())
                    .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        } finally {
            vertx.close();
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotReadAPipe() throws Exception {
        Path pipe = folder.resolve("pipe.pem");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> TlsFiles.read(new TlsSettings(new Certificate.Pem(pipe, pipe), Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessage(pipe + " is not a regular file");
    }
}
