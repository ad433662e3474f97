package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.provider.Membership;
import com.wasmcloud.provider.Node;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.provider.telemetry.Telemetry.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as a member of a lattice of 0.x hosts: puts the parts together, and begins in the right order. */
final class WasmbusMember<S extends AutoCloseable> implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(WasmbusMember.class);
    private static final String QUEUE_GROUP = "rpc";
    private static final Duration LINKS_OPEN_WITHIN = Duration.ofSeconds(2);
    private static final Duration MISSING_LINKS_CONFIRMED_AFTER = Duration.ofSeconds(5);
    /** Links that are still being opened need the processor more. */
    private static final Duration REHEARSED_AFTER = Duration.ofMillis(250);

    private final Node<S> node;
    private final HostData data;
    private final Subjects subjects;
    private final NatsConnection connection;
    private final LargePayloads payloads;
    private final Outbound outbound;
    private final InvocationCheck check;
    private final Inbound<S> inbound;
    private final ActorLinks links;
    private final LinkSync sync;
    private final Optional<LatticeData> latticeData;
    private final String contractId;
    private final ControlMessages control;

    WasmbusMember(Served<S> served, HostData data, KeyPair cluster, Node<S> node) {
        this.node = node;
        this.data = data;
        contractId = served.contractId();
        subjects = new Subjects(data.lattice());
        NatsAccess access = new NatsAccess(
                data.nats().url(), data.nats().userJwt(), data.nats().userSeed(), node.natsCaFile());
        connection = new NatsConnection(access, node.name() + " " + data.providerKey());
        payloads = new LargePayloads(connection, data.lattice(), data.nats().jetStreamDomain(), node.largestPayload());
        outbound = new Outbound(
                connection, payloads, subjects, new Outbound.Signer(cluster, data.hostId()), node.telemetry());
        OwnInstance instance = new OwnInstance(connection, subjects, data);
        links = new ActorLinks(data, served, node.links(), outbound, instance);
        check = new InvocationCheck(data.trust().clusterIssuers(), data.providerKey(), data.hostId());
        inbound = new Inbound<>(
                served.service(),
                links,
                check,
                payloads,
                node.calls(),
                node.workers(),
                new Replies(connection, payloads));
        instance.serve(inbound::accept);
        latticeData = data.standalone()
                .map(alone ->
                        new LatticeData(connection, data.lattice(), data.nats().jetStreamDomain()));
        sync = new LinkSync(connection, subjects.allLinks(), links, MISSING_LINKS_CONFIRMED_AFTER, alone());
        control = new ControlMessages(connection, data.hostId(), node, links, sync);
        report(node.telemetry());
    }

    private LinkSync.Alone alone() {
        return data.standalone()
                .map(alone -> new LinkSync.Alone(
                        data.links().stream().map(LinkDefinition::actorId).collect(Collectors.toSet()),
                        latticeData.filter(bucket -> alone.linksFromBucket())))
                .orElse(LinkSync.Alone.NOT);
    }

    @Override
    public void join() throws IOException, InterruptedException {
        // the backends are being reached while NATS is
        CountDownLatch opened = new CountDownLatch(1);
        node.links().execute(() -> {
            try {
                data.links().forEach(links::put);
            } finally {
                opened.countDown();
            }
        });
        connection.connect();
        if (!opened.await(LINKS_OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("opening links takes longer than {} s; serving without them", LINKS_OPEN_WITHIN.toSeconds());
        }
        subscribe();
        connection.onReconnect(sync::start);
        sync.start();
        latticeData.ifPresent(bucket -> {
            announce(bucket);
            connection.onReconnect(() -> announce(bucket)); // the server may have come back with an empty store
        });
        node.links().after(REHEARSED_AFTER, () -> node.workers().execute(this::rehearse));
        LOG.info(
                "{} serves lattice {} as {} on link {}",
                node.name(),
                data.lattice(),
                data.providerKey(),
                data.linkName());
    }

    private void announce(LatticeData bucket) {
        bucket.announce(node.name(), contractId, data);
    }

    /** In the order of the reference provider; health comes last, when it has something to say. */
    private void subscribe() throws IOException, InterruptedException {
        String provider = data.providerKey();
        String link = data.linkName();
        connection.subscribe(subjects.provider(provider, link), QUEUE_GROUP, inbound::accept);
        connection.subscribe(subjects.linkPut(provider, link), control::linkPut);
        connection.subscribe(subjects.linkDel(provider, link), control::linkDeleted);
        connection.subscribe(subjects.shutdown(provider, link), control::shutdown);
        try {
            connection.flush();
        } catch (TimeoutException e) {
            throw new IOException("NATS did not confirm the subscriptions within 2 s", e);
        }
        control.answerHealth(subjects.health(provider, link));
    }

    /**
     * Signs and checks a call that nobody gets, so that the first real one does not pay for loading what all need, the
     * signature library above all.
     */
    private void rehearse() {
        try {
            Entity provider = new Entity(data.providerKey(), data.linkName(), "");
            Outbound.Call call = new Outbound.Call(provider, provider, "", Bytes.EMPTY, data.rpcTimeout(), Map.of());
            Bytes message = Invocation.CODEC.encode(outbound.sign(call), Encoding.MSGPACK);
            check.check(Invocation.CODEC.decode(message, Encoding.MSGPACK));
        } catch (RuntimeException e) {
            LOG.debug("the rehearsal of a call failed", e);
        }
    }

    private void report(Telemetry telemetry) {
        if (!telemetry.isOn()) {
            return;
        }
        telemetry.gauges(
                new Metric("wasmcloud.chunked.bytes", "By", "Payloads that went through the object store", true),
                "wasmcloud.direction",
                () -> Map.of("fetched", payloads.fetchedBytes(), "stored", payloads.storedBytes()));
        telemetry.gauge(
                new Metric("wasmcloud.nats.reconnects", "{reconnect}", "How often NATS was lost and found again", true),
                connection::reconnects);
    }

    @Override
    public Optional<String> problem() {
        return connection.problem();
    }

    @Override
    public void drain(Duration patience) throws InterruptedException {
        connection.drain(patience);
    }

    @Override
    public void flush() throws InterruptedException {
        try {
            connection.flush();
        } catch (TimeoutException | IllegalStateException e) {
            LOG.debug("NATS was unavailable at the end", e);
        }
    }

    @Override
    public void close() {
        payloads.close();
        latticeData.ifPresent(LatticeData::close);
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
