package com.wasmcloud.testkit.servers;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** How an {@link S3Server} is set up. Immutable: every method gives a new description. */
public final class S3Setup {
    static final S3Setup PLAIN =
            new S3Setup(Optional.empty(), Optional.empty(), Optional.empty(), "testkit", Optional.empty());

    private final Optional<Path> folder;
    private final Optional<TestCertificates> certificates;
    private final Optional<Integer> port;
    private final String accessKey;
    private final Optional<String> secretKey;

    private S3Setup(
            Optional<Path> folder,
            Optional<TestCertificates> certificates,
            Optional<Integer> port,
            String accessKey,
            Optional<String> secretKey) {
        this.folder = folder;
        this.certificates = certificates;
        this.port = port;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /** Keeps containers and objects as folders and files in an existing folder. */
    public S3Setup folder(Path path) {
        return new S3Setup(Optional.of(path), certificates, port, accessKey, secretKey);
    }

    /** Speaks TLS only, with the server's certificate of the set. */
    public S3Setup tls(TestCertificates set) {
        return new S3Setup(folder, Optional.of(set), port, accessKey, secretKey);
    }

    /** Listens on this port instead of any free one. */
    public S3Setup port(int number) {
        return new S3Setup(folder, certificates, Optional.of(number), accessKey, secretKey);
    }

    /** Names the only user and their password; the password is a random one otherwise. */
    public S3Setup user(String name, String password) {
        return new S3Setup(folder, certificates, port, name, Optional.of(password));
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException when S3Proxy is not among the dependencies or does not come up
     */
    public S3Server start() {
        try {
            return S3Server.start(
                    S3Store.in(folder),
                    accessKey,
                    secretKey.orElseGet(() -> UUID.randomUUID().toString()),
                    certificates.map(TestCertificates::serverContext),
                    port);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "there is no S3 server: add org.gaul:s3proxy to the dependencies, and the BOM of tools.jackson to"
                            + " the managed ones, as the README of provider-testkit shows (%s is missing)"
                                    .formatted(missing.getMessage()),
                    missing);
        }
    }
}
