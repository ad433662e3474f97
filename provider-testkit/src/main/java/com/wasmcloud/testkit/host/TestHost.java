package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.wasmbus.LargePayloads;
import com.wasmcloud.wasmbus.LinkDefinition;
import com.wasmcloud.wasmbus.Subjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * A wasmCloud host as far as providers can see one: it starts them, links them with actors, asks them how they are, and
 * stops them, all in the form of one family of hosts; its actors are Java objects.
 *
 * <pre>{@code
 * try (TestHost host = TestHost.start(nats)) {
 *     TestProvider provider = host.provider(KeyValueContract.INSTANCE).start(executable);
 *     TestActor actor = host.actor();
 *     provider.link(actor, Map.of("URL", redis.url()));
 *     KeyValue keyValue = actor.calling(provider, KeyValueContract.INSTANCE);
 *     …
 * }
 * }</pre>
 *
 * <p>Thread-safe. Owns its connection and every provider that it started; {@link #close} ends them. The NATS server is
 * the caller's.
 */
public final class TestHost implements AutoCloseable {
    private static final long LARGEST_PAYLOAD = 1L << 30;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private final HostForm form;
    private final NatsAccess access;
    private final String jetStreamDomain;
    private final HostKeys keys;
    private final Subjects subjects;
    private final NatsConnection connection;
    private final LargePayloads payloads;
    private final LinkBook links;
    private final Set<TestProvider> providers = ConcurrentHashMap.newKeySet();
    private volatile boolean losesLinkMessages;

    private TestHost(HostForm form, HostKeys keys, NatsAccess access, String lattice, String jetStreamDomain)
            throws IOException, InterruptedException {
        this.form = form;
        this.access = access;
        this.jetStreamDomain = jetStreamDomain;
        this.keys = keys;
        this.subjects = new Subjects(lattice);
        this.connection = NatsConnection.connect(access, "test host");
        this.payloads = new LargePayloads(connection, lattice, jetStreamDomain, LARGEST_PAYLOAD);
        this.links = new LinkBook(connection, subjects.allLinks());
        flush();
    }

    /** Starts a host of the Rust family with a lattice of its own. */
    public static TestHost start(NatsServer nats) {
        return start(nats, HostForm.RUST);
    }

    /** Starts a host of a family with a lattice of its own. */
    public static TestHost start(NatsServer nats, HostForm form) {
        return start(NatsAccess.anonymous(nats.url()), newLattice(), form);
    }

    /** Starts a host in a lattice, whose providers get the same access to NATS as itself. */
    public static TestHost start(NatsAccess access, String lattice, HostForm form) {
        return start(access, lattice, form, "");
    }

    /**
     * Starts a host in a lattice whose large payloads are in a JetStream domain; only the Elixir family tells its
     * providers of that.
     *
     * @throws UncheckedIOException when NATS refuses the credentials
     */
    public static TestHost start(NatsAccess access, String lattice, HostForm form, String jetStreamDomain) {
        return start(access, lattice, form, jetStreamDomain, HostKeys.generate(form));
    }

    /**
     * Starts a host of the Rust family with the keys that it had before.
     *
     * @throws UncheckedIOException when NATS refuses the credentials
     */
    public static TestHost start(NatsAccess access, String lattice, HostKeys keys) {
        return start(access, lattice, HostForm.RUST, "", keys);
    }

    private static TestHost start(
            NatsAccess access, String lattice, HostForm form, String jetStreamDomain, HostKeys keys) {
        try {
            return new TestHost(form, keys, access, lattice, jetStreamDomain);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    /** The id of a lattice that nobody uses yet. */
    public static String newLattice() {
        return "test-" + UUID.randomUUID();
    }

    /** The family it belongs to. */
    public HostForm form() {
        return form;
    }

    /** The id of its lattice. */
    public String lattice() {
        return subjects.lattice();
    }

    /** Its key, {@code N…}. */
    public String hostKey() {
        return keys.hostKey();
    }

    /** The key that signs invocations. */
    public KeyPair cluster() {
        return keys.cluster();
    }

    /** Subjects of its lattice. */
    public Subjects subjects() {
        return subjects;
    }

    /** Its connection, for messages of the test's own making. */
    public NatsConnection connection() {
        return connection;
    }

    /** Makes an actor with a key of its own. */
    public TestActor actor() {
        return actor(KeyPair.generate(KeyRole.ACTOR).publicKey());
    }

    /** Makes an actor with the key that it had before. */
    public TestActor actor(String key) {
        return new TestActor(this, key);
    }

    /** Describes a provider of a contract that is to be started. */
    public ProviderSetup provider(Contract<?> contract) {
        return provider(contract.id());
    }

    /** Describes a provider of a contract that is to be started. */
    public ProviderSetup provider(String contractId) {
        return ProviderSetup.of(this, contractId);
    }

    /** Chooses how those who ask for all links are answered. */
    public void answerLinkQuestions(LinkAnswers way) {
        links.choose(way);
        flush();
    }

    /** How often somebody has asked for all links. */
    public int linkQuestions() {
        return links.questions();
    }

    /**
     * Chooses whether messages about links are lost on their way, as they are when a provider is not there yet: the host
     * then knows of a link, and the provider does not.
     */
    public void loseLinkMessages(boolean lost) {
        losesLinkMessages = lost;
    }

    /** Publishes every link once more, as all hosts do when one of them starts. */
    public void repeatLinks() {
        links.links().forEach(link -> publishLink(subjects.linkPut(link.providerId(), link.linkName()), link));
    }

    /** Sends bytes to a subject. */
    public void publish(String subject, Bytes payload) {
        connection.publish(subject, payload.toByteArray());
        flush();
    }

    /**
     * Sends bytes to a subject and waits for the answer, 2 seconds at the most, as hosts do.
     *
     * @throws com.wasmcloud.contract.rpc.RpcException when nobody listens or answers
     */
    public Bytes request(String subject, Bytes payload) {
        return request(subject, payload, REQUEST_TIMEOUT);
    }

    /** The same with a limit of its own, 20 seconds at the most. */
    public Bytes request(String subject, Bytes payload, Duration limit) {
        return Await.result(ask(subject, payload, limit));
    }

    /** The same for a caller that does not wait; the stage ends with the answer. */
    public CompletionStage<Bytes> ask(String subject, Bytes payload, Duration limit) {
        return connection
                .request(subject, Map.of(), payload.toByteArray(), limit)
                .thenApply(Message::payload);
    }

    void put(LinkDefinition link) {
        links.put(link);
        publishLink(subjects.linkPut(link.providerId(), link.linkName()), link);
    }

    void delete(LinkDefinition link) {
        links.delete(link);
        publishLink(subjects.linkDel(link.providerId(), link.linkName()), link);
    }

    /** Notes a link without telling its provider. */
    void record(LinkDefinition link) {
        links.put(link);
    }

    /** Whether there is a link, of a provider that this host has started. */
    boolean knows(String actorKey, String providerKey, String contractId) {
        return links.links().stream()
                .anyMatch(link -> link.actorId().equals(actorKey)
                        && link.providerId().equals(providerKey)
                        && link.contractId().equals(contractId));
    }

    boolean hasStarted(String providerKey) {
        return providers.stream().anyMatch(provider -> provider.key().equals(providerKey));
    }

    void add(TestProvider provider) {
        providers.add(provider);
    }

    void remove(TestProvider provider) {
        providers.remove(provider);
    }

    LargePayloads payloads() {
        return payloads;
    }

    NatsAccess access() {
        return access;
    }

    String jetStreamDomain() {
        return jetStreamDomain;
    }

    /** What it calls itself towards providers. */
    String hostId() {
        return form.hostId(keys.hostKey());
    }

    private void publishLink(String subject, LinkDefinition link) {
        if (!losesLinkMessages) {
            publish(subject, form.linkMessage(link));
        }
    }

    /** Waits until all that has been sent has reached the server. */
    void flush() {
        try {
            connection.flush();
        } catch (TimeoutException away) {
            throw new IllegalStateException("NATS at %s did not answer".formatted(access), away);
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    private static IllegalStateException interrupted(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while talking to NATS", interruption);
    }

    @Override
    public void close() {
        Set.copyOf(providers).forEach(TestProvider::close);
        payloads.close();
        try {
            connection.close();
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }
}
