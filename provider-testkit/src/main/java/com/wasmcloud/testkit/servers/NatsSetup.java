package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link NatsServer} is set up. Immutable: every method gives a new description.
 *
 * <p>Names and passwords are written between quotes into the server's configuration file and must not contain quotes.
 */
public final class NatsSetup {
    static final NatsSetup PLAIN = new NatsSetup(List.of(), List.of(), Optional.of(""), Optional.empty(), false);

    private final List<String> lines;
    private final List<String> users;
    private final Optional<String> jetStreamDomain;
    private final Optional<TestCertificates> certificates;
    private final boolean clientCertificates;

    private NatsSetup(
            List<String> lines,
            List<String> users,
            Optional<String> jetStreamDomain,
            Optional<TestCertificates> certificates,
            boolean clientCertificates) {
        this.lines = List.copyOf(lines);
        this.users = List.copyOf(users);
        this.jetStreamDomain = jetStreamDomain;
        this.certificates = certificates;
        this.clientCertificates = clientCertificates;
    }

    /** Lets a user in by name and password; nobody comes in without credentials any more. */
    public NatsSetup user(String name, String password) {
        return withUser("{ user: \"%s\", password: \"%s\" }".formatted(name, password));
    }

    /** Lets the owner of a user nkey in; nobody comes in without credentials any more. */
    public NatsSetup nkey(String publicKey) {
        return withUser("{ nkey: \"%s\" }".formatted(publicKey));
    }

    /** Lets the users of an account in, who show tokens; nobody comes in without one any more. */
    public NatsSetup accounts(NatsAccounts accounts) {
        List<String> longer = new ArrayList<>(lines);
        longer.addAll(accounts.configuration());
        return new NatsSetup(longer, users, jetStreamDomain, certificates, clientCertificates);
    }

    /** Speaks TLS only, with the server's certificate of the set. */
    public NatsSetup tls(TestCertificates set) {
        return new NatsSetup(lines, users, jetStreamDomain, Optional.of(set), false);
    }

    /** Speaks TLS only, and only with clients that show a certificate of the same authority. */
    public NatsSetup mutualTls(TestCertificates set) {
        return new NatsSetup(lines, users, jetStreamDomain, Optional.of(set), true);
    }

    /** Names the JetStream domain. */
    public NatsSetup jetStreamDomain(String name) {
        return new NatsSetup(lines, users, Optional.of(name), certificates, clientCertificates);
    }

    /** Goes without JetStream, so that chunked messages cannot work. */
    public NatsSetup withoutJetStream() {
        return new NatsSetup(lines, users, Optional.empty(), certificates, clientCertificates);
    }

    /** Adds a line of the server's own configuration language. */
    public NatsSetup line(String line) {
        return new NatsSetup(added(lines, line), users, jetStreamDomain, certificates, clientCertificates);
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException when there is none to be had or it does not come up
     */
    public NatsServer start() {
        ServerKind kind = ServerKind.NATS;
        return new NatsServer(
                ServerProcess.start(kind, ServerLookup.everywhere(kind), this::prepare), certificates.isPresent());
    }

    private List<String> prepare(Path directory, String bindAddress, int port) throws IOException {
        Path file = directory.resolve("nats.conf");
        Files.write(file, configuration(directory, bindAddress, port));
        return List.of("--config", file.toString());
    }

    private List<String> configuration(Path directory, String bindAddress, int port) throws IOException {
        List<String> text = new ArrayList<>();
        text.add("host: \"%s\"".formatted(bindAddress));
        text.add("port: %d".formatted(port));
        if (jetStreamDomain.isPresent()) {
            String domain = jetStreamDomain.get();
            text.add("jetstream { store_dir: \"%s\"%s }"
                    .formatted(
                            directory.resolve("jetstream"),
                            domain.isEmpty() ? "" : ", domain: \"%s\"".formatted(domain)));
        }
        if (!users.isEmpty()) {
            text.add("authorization { users: [ %s ] }".formatted(String.join(", ", users)));
        }
        if (certificates.isPresent()) {
            TestCertificates copy = certificates.get().copiedTo(directory);
            text.add("tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", verify: %b }"
                    .formatted(copy.serverCertificate(), copy.serverKey(), copy.authority(), clientCertificates));
        }
        text.addAll(lines);
        return text;
    }

    private NatsSetup withUser(String user) {
        return new NatsSetup(lines, added(users, user), jetStreamDomain, certificates, clientCertificates);
    }

    private static List<String> added(List<String> list, String element) {
        List<String> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
