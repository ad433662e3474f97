package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a {@link RedisServer} is set up. Immutable: every method gives a new description.
 *
 * <p>Names and passwords are written as they are into the server's configuration file and must not contain white space
 * or quotes.
 */
public final class RedisSetup {
    static final RedisSetup PLAIN =
            new RedisSetup(List.of("save \"\"", "appendonly no"), Optional.empty(), Optional.empty());

    private final List<String> lines;
    private final Optional<String> password;
    private final Optional<TestCertificates> certificates;

    private RedisSetup(List<String> lines, Optional<String> password, Optional<TestCertificates> certificates) {
        this.lines = List.copyOf(lines);
        this.password = password;
        this.certificates = certificates;
    }

    /** Asks everybody for a password. */
    public RedisSetup password(String text) {
        return new RedisSetup(added("requirepass " + text), Optional.of(text), certificates);
    }

    /** Adds a user who may do everything. */
    public RedisSetup user(String name, String password) {
        return user(name, password, "~*", "&*", "+@all");
    }

    /** Adds a user with rules in the words of {@code ACL SETUSER}. */
    public RedisSetup user(String name, String password, String... rules) {
        return line("user %s on >%s %s".formatted(name, password, String.join(" ", rules)));
    }

    /** Writes and syncs every change to disk before it is acknowledged, so that none is lost when it is killed. */
    public RedisSetup durable() {
        return line("appendonly yes").line("appendfsync always");
    }

    /** Speaks TLS only, with the server's certificate of the set. */
    public RedisSetup tls(TestCertificates set) {
        return new RedisSetup(added("tls-auth-clients no"), password, Optional.of(set));
    }

    /** Speaks TLS only, and only with clients that show a certificate of the same authority. */
    public RedisSetup mutualTls(TestCertificates set) {
        return new RedisSetup(added("tls-auth-clients yes"), password, Optional.of(set));
    }

    /** Adds a line of the server's own configuration language; the last line about a thing counts. */
    public RedisSetup line(String line) {
        return new RedisSetup(added(line), password, certificates);
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException when there is none to be had or it does not come up
     */
    public RedisServer start() {
        return start(ServerKind.REDIS);
    }

    /** A server that keeps no data but watches others; lines about data are not for it. */
    static RedisSetup sentinel(String line) {
        return new RedisSetup(List.of(line), Optional.empty(), Optional.empty());
    }

    RedisServer start(ServerKind kind) {
        String adminPassword = UUID.randomUUID().toString();
        List<String> arguments = kind == ServerKind.SENTINEL ? List.of("--sentinel") : List.of();
        ServerProcess process = ServerProcess.start(
                kind,
                ServerLookup.everywhere(kind),
                (directory, bindAddress, port) -> prepare(directory, bindAddress, port, adminPassword, arguments));
        return new RedisServer(process, password, certificates.isPresent(), adminPassword);
    }

    private List<String> prepare(
            Path directory, String bindAddress, int port, String adminPassword, List<String> arguments)
            throws IOException {
        Path file = directory.resolve("redis.conf");
        Files.write(file, configuration(directory, bindAddress, port, adminPassword));
        List<String> all = new ArrayList<>(List.of(file.toString()));
        all.addAll(arguments);
        return all;
    }

    private List<String> configuration(Path directory, String bindAddress, int port, String adminPassword)
            throws IOException {
        List<String> text = new ArrayList<>();
        text.add("bind " + bindAddress);
        text.add("protected-mode no");
        text.add("dir " + directory);
        text.add("unixsocket " + RedisServer.socket(directory));
        text.add("user %s on >%s ~* &* +@all".formatted(RedisServer.ADMIN, adminPassword));
        if (certificates.isPresent()) {
            TestCertificates copy = certificates.get().copiedTo(directory);
            text.add("port 0");
            text.add("tls-port " + port);
            text.add("tls-cert-file " + copy.serverCertificate());
            text.add("tls-key-file " + copy.serverKey());
            text.add("tls-ca-cert-file " + copy.authority());
        } else {
            text.add("port " + port);
        }
        text.addAll(lines);
        return text;
    }

    private List<String> added(String line) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(line);
        return longer;
    }
}
