package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.wasmbus.HealthCheckResponse;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.LinkDefinition;
import com.wasmcloud.wasmbus.Subjects;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A key-value provider in memory, made of the parts of the protocol, with one {@link Fault}. */
final class FaultyProvider {
    private static final Executor AGAIN_SOON = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final Fault fault;
    private final HostData data;
    private final NatsConnection nats;
    private final Subjects subjects;
    private final Map<String, Map<String, String>> links = new ConcurrentHashMap<>();
    private final Map<String, Boolean> everLinked = new ConcurrentHashMap<>();
    private final CountDownLatch wasHealthy = new CountDownLatch(1);

    private FaultyProvider(Fault fault, HostData data) {
        this.fault = fault;
        this.data = data;
        this.nats = new NatsConnection(NatsAccess.anonymous(data.nats().url()), "faulty");
        this.subjects = new Subjects(data.lattice());
    }

    /** Makes an executable with a fault. */
    static Path executable(Path folder, Fault fault) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Path file = Files.writeString(
                folder.resolve("faulty-provider"),
                "#!/bin/sh\nexec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s %s\n"
                        .formatted(java, System.getProperty("java.class.path"), FaultyProvider.class.getName(), fault));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        Fault fault = Fault.valueOf(arguments[0]);
        if (fault == Fault.EXITS_AT_ONCE) {
            System.exit(4);
        }
        String line = line(System.in, fault == Fault.READS_64_KB ? 65_536 : Integer.MAX_VALUE);
        try {
            if (fault == Fault.NEEDS_PADDING && line.length() % 4 != 0) {
                throw new IllegalArgumentException("the line is not padded");
            }
            FaultyProvider provider = new FaultyProvider(fault, HostData.parse(line));
            provider.run();
            if (fault == Fault.ENDS_WITH_STANDARD_INPUT) {
                provider.endWithStandardInput();
            }
        } catch (IllegalArgumentException unusable) {
            if (fault == Fault.SAYS_NOTHING_ABOUT_HOST_DATA) {
                System.exit(0);
            }
            System.err.println("cannot start: " + unusable.getMessage());
            System.exit(1);
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    private static String line(InputStream input, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next >= 0 && next != '\n' && line.length() < most; next = input.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    /** Ends with it, but not before it has been seen to serve. */
    private void endWithStandardInput() throws IOException, InterruptedException {
        wasHealthy.await();
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        if (fault == Fault.LOGS_THE_SEED) {
            System.err.println("signing with " + data.trust().invocationSeed());
        }
        if (fault == Fault.WRITES_TO_STANDARD_OUTPUT) {
            System.out.println("hello");
        }
        if (fault == Fault.IGNORES_SIGTERM) {
            Runtime.getRuntime().addShutdownHook(new Thread(FaultyProvider::stay));
        }
        if (fault != Fault.FORGETS_THE_FIRST_LINKS) {
            data.links().forEach(this::put);
        }
        if (fault != Fault.NEVER_ASKS_FOR_LINKS) {
            nats.onReconnect(() -> askForLinks(true));
        }
        nats.connect();
        if (fault == Fault.DIES_WITH_NATS) {
            Thread watch = new Thread(this::dieWithNats);
            watch.setDaemon(true);
            watch.start();
        }
        FaultyCalls calls = new FaultyCalls(fault, data, nats, links);
        nats.subscribe(subjects.provider(data.providerKey(), data.linkName()), "rpc", calls::accept);
        nats.subscribe(subjects.linkPut(data.providerKey(), data.linkName()), this::linkPut);
        nats.subscribe(subjects.linkDel(data.providerKey(), data.linkName()), this::linkDel);
        nats.subscribe(subjects.shutdown(data.providerKey(), data.linkName()), this::shutdown);
        if (fault != Fault.NEVER_SUBSCRIBES) {
            nats.subscribe(subjects.health(data.providerKey(), data.linkName()), this::health);
        }
        if (fault != Fault.NEVER_ASKS_FOR_LINKS && fault != Fault.FORGETS_THE_FIRST_LINKS) {
            askForLinks(false);
        }
    }

    private static void stay() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(LinkDefinition link) {
        boolean again = links.containsKey(link.actorId());
        boolean changed = again && !link.values().equals(links.get(link.actorId()));
        if ((fault == Fault.DROPS_A_LINK_PUT_TWICE && again) || (fault == Fault.DROPS_A_LINK_THAT_CHANGES && changed)) {
            links.remove(link.actorId());
        } else if (fault != Fault.NEVER_LINKS_AGAIN || everLinked.put(link.actorId(), true) == null || again) {
            links.put(link.actorId(), link.values());
        }
    }

    private void dieWithNats() {
        Await.until("NATS is lost", Duration.ofHours(1), () -> !nats.isConnected());
        Runtime.getRuntime().halt(9);
    }

    private void linkPut(Message message) {
        LinkDefinition link = decoded(message);
        if (link != null && fault != Fault.IGNORES_PUTS) {
            put(link);
        }
    }

    private void linkDel(Message message) {
        LinkDefinition link = decoded(message);
        if (link == null || fault == Fault.IGNORES_DELETES) {
            return;
        }
        if (links.remove(link.actorId()) == null && fault == Fault.DIES_OF_UNKNOWN_DELETES) {
            Runtime.getRuntime().halt(8);
        }
        if (fault == Fault.DROPS_ALL_LINKS) {
            links.clear();
        }
    }

    private @Nullable LinkDefinition decoded(Message message) {
        try {
            return LinkDefinition.decode(message.payload());
        } catch (RuntimeException garbage) {
            if (fault == Fault.DIES_OF_GARBAGE_LINKS) {
                Runtime.getRuntime().halt(8);
            }
            return null;
        }
    }

    private void askForLinks(boolean again) {
        nats.request(subjects.allLinks(), Map.of(), new byte[0], Duration.ofSeconds(2))
                .thenAccept(answer -> {
                    Map<String, LinkDefinition> all = new ConcurrentHashMap<>();
                    Json.objects(Json.object(answer.payload()), "links").stream()
                            .map(LinkDefinition::of)
                            .filter(link -> link.providerId().equals(data.providerKey()))
                            .forEach(link -> all.put(link.actorId(), link));
                    all.values().forEach(this::put);
                    if (again) {
                        links.keySet().retainAll(all.keySet());
                    }
                })
                .exceptionally(nobodyYet -> {
                    if (again) {
                        AGAIN_SOON.execute(() -> askForLinks(true));
                    }
                    return null;
                });
    }

    private void health(Message message) {
        boolean silent = fault == Fault.NEEDS_A_HEALTH_BODY && message.payload().isEmpty();
        if (message.replyTo() != null && !silent) {
            HealthCheckResponse healthy = new HealthCheckResponse(true, Optional.empty());
            send(message.replyTo(), HealthCheckResponse.CODEC.encode(healthy, Encoding.MSGPACK));
            wasHealthy.countDown();
        }
    }

    private void shutdown(Message message) {
        String host = "";
        try {
            host = Json.text(Json.object(message.payload()), "host_id");
        } catch (IllegalArgumentException nameless) {
            // as hosts of old ask
        }
        boolean ours = host.equals(data.hostId()) || (host.isEmpty() && fault != Fault.IGNORES_NAMELESS_HOSTS);
        if (message.replyTo() == null || (!ours && fault != Fault.OBEYS_OTHER_HOSTS)) {
            return;
        }
        try {
            if (fault == Fault.IS_SLOW_TO_STOP) {
                Thread.sleep(700);
            }
            send(message.replyTo(), Bytes.wrap("shutting down".getBytes(StandardCharsets.US_ASCII)));
            nats.flush();
        } catch (Exception failure) {
            System.err.println(failure);
        }
        Runtime.getRuntime().halt(fault == Fault.EXITS_WITH_7 ? 7 : 0);
    }

    private void send(String subject, Bytes payload) {
        nats.publish(subject, payload.toByteArray());
    }
}
