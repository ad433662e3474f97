package com.wasmcloud.testkit.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.jspecify.annotations.Nullable;

/**
 * An S3 server inside this process, on a free port of 127.0.0.1, that checks signatures (version 4) as S3 does. Objects
 * are in memory unless it was told a folder.
 *
 * <p>It is S3Proxy, which a test that wants one has among its dependencies: {@code org.gaul:s3proxy}. Thread-safe.
 * Whoever starts one closes it; a folder it was given stays.
 */
public final class S3Server implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    private final S3Store store;
    private final String accessKey;
    private final String secretKey;
    private final Optional<SSLContext> tls;
    private int port;
    private @Nullable S3Proxy proxy;

    private S3Server(S3Store store, String accessKey, String secretKey, Optional<SSLContext> tls, int port) {
        this.store = store;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.tls = tls;
        this.port = port;
    }

    /**
     * Starts a server that keeps its objects in memory.
     *
     * @throws IllegalStateException when S3Proxy is not among the dependencies or does not come up
     */
    public static S3Server start() {
        return setup().start();
    }

    /**
     * Starts a server that keeps its objects in a folder, where another one finds them later.
     *
     * @throws IllegalStateException when S3Proxy is not among the dependencies or does not come up
     */
    public static S3Server startIn(Path folder) {
        return setup().folder(folder).start();
    }

    /** Describes a server that is to be started. */
    public static S3Setup setup() {
        return S3Setup.PLAIN;
    }

    static S3Server start(
            S3Store store, String accessKey, String secretKey, Optional<SSLContext> tls, Optional<Integer> port) {
        S3Server server = new S3Server(store, accessKey, secretKey, tls, port.orElseGet(Ports::free));
        for (int attempt = 1; ; attempt++) {
            try {
                server.restart();
                return server;
            } catch (IllegalStateException taken) {
                if (port.isPresent() || attempt == ATTEMPTS) {
                    throw taken;
                }
                server.port = Ports.free();
            }
        }
    }

    /** Where clients connect: {@code http://127.0.0.1:…}, or {@code https://…} when it speaks nothing else. */
    public String url() {
        return "%s://127.0.0.1:%d".formatted(tls.isPresent() ? "https" : "http", port());
    }

    /** The port it listens on, the same for all its life. */
    public synchronized int port() {
        return port;
    }

    /** The name of the only user. */
    public String accessKey() {
        return accessKey;
    }

    /** The only user's password. */
    public String secretKey() {
        return secretKey;
    }

    /** What a link of {@code wasmcloud:blobstore} on S3 needs to use this server. */
    public Map<String, String> linkValues() {
        return linkValues(url(), accessKey, secretKey);
    }

    static Map<String, String> linkValues(String url, String accessKey, String secretKey) {
        return Map.of(
                "endpoint", url,
                "region", "us-east-1",
                "path_style", "true",
                "access_key_id", accessKey,
                "secret_access_key", secretKey);
    }

    /** Whether it listens. */
    public synchronized boolean running() {
        return proxy != null;
    }

    /** Stops listening and drops every connection at once; objects stay, for {@link #restart}. */
    public synchronized void stop() {
        S3Proxy running = proxy;
        proxy = null;
        store.thaw();
        if (running != null) {
            attempt("stop", running::stop);
        }
    }

    /**
     * Listens again after {@link #stop}, on the same port and with the same objects.
     *
     * @throws IllegalStateException when it runs already or its port is taken meanwhile
     */
    public synchronized void restart() {
        if (proxy != null) {
            throw new IllegalStateException("the S3 server on port %d is still running".formatted(port));
        }
        S3Proxy next = listener();
        attempt("start", next::start);
        proxy = next;
    }

    /** Holds every request that has passed the check of its signature: nothing is answered until {@link #thaw}. */
    public void freeze() {
        store.freeze();
    }

    /** Lets requests that were held, and later ones, go on. */
    public void thaw() {
        store.thaw();
    }

    /**
     * Answers from now on with an error, until {@link #heal}.
     *
     * @param status of HTTP, for example 503
     * @param code of S3, for example {@code SlowDown}
     * @param calls names of the store's calls that fail, see {@link #calls}; all when there are none
     */
    public void fail(int status, String code, String... calls) {
        store.fail(status, code, calls);
    }

    /** Ends {@link #fail}. */
    public void heal() {
        store.heal();
    }

    /**
     * How often a call has reached the store behind the server, by the store's own name for it, such as
     * {@code putBlob}, {@code getBlob}, {@code blobMetadata}, {@code list}, {@code removeBlobs},
     * {@code createContainer}, {@code initiateMultipartUpload}, {@code uploadMultipartPart},
     * {@code completeMultipartUpload} or {@code abortMultipartUpload}.
     */
    public long calls(String name) {
        return store.calls(name);
    }

    @Override
    public void close() {
        stop();
        store.close();
    }

    private S3Proxy listener() {
        S3Proxy.Builder builder = S3Proxy.builder()
                .blobStore(store.blobStore())
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0);
        URI endpoint = URI.create(url());
        return tls.map(context -> builder.secureEndpoint(endpoint).sslContext(context))
                .orElseGet(() -> builder.endpoint(endpoint))
                .build();
    }

    private interface Step {
        void run() throws Exception;
    }

    private void attempt(String what, Step step) {
        try {
            step.run();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interruption);
        } catch (Exception failure) {
            throw new IllegalStateException(
                    "the S3 server on port %d did not %s: %s".formatted(port, what, failure.getMessage()), failure);
        }
    }
}
