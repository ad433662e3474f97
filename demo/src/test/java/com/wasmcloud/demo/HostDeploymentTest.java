package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a wasmCloud host is told, by the forms that a Rust host of 0.82 knows. */
@ExtendWith(Servers.class)
class HostDeploymentTest {
    private static final String HOST = "NHOST";
    private static final Map<String, Object> ACCEPTED = Map.of("accepted", true, "error", "");

    private final NatsAccess access;
    private final Path folder;
    private final NatsConnection host;
    private final StackFiles files;
    private final ConcurrentLinkedQueue<LinkDefinition> links = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<String, @Nullable Object>> started = new ConcurrentHashMap<>();
    private final Set<String> healthy = ConcurrentHashMap.newKeySet();

    HostDeploymentTest(NatsServer nats, @TempDir Path folder) throws IOException, InterruptedException {
        this.access = NatsAccess.anonymous(nats.url());
        this.folder = folder;
        this.host = NatsConnection.connect(access, "a host");
        this.files = StackFiles.prepare(folder, 8080, Map.of());
    }

    @BeforeEach
    void serve() throws Exception {
        answer("wasmbus.ctl.default.ping.hosts", question -> Map.of("id", HOST, "version", "0.82.0"));
        answer("wasmbus.ctl.default.cmd.NHOST.lp", start -> {
            String reference = Json.text(start, "provider_ref");
            started.put(reference, start);
            part(reference).ifPresent(part -> healthy.add(files.keys().provider(part)));
            return ACCEPTED;
        });
        for (Part part : Part.values()) {
            String key = files.keys().provider(part);
            answer(
                    "wasmbus.rpc.default.%s.default.health".formatted(key),
                    question -> healthy.contains(key)
                            ? Map.of("healthy", true)
                            : Map.of("healthy", false, "message", "not yet"));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        host.close();
    }

    @Test
    void putsAllLinksAndHasStartedWhatIsNotHealthy() throws Exception {
        answer("wasmbus.ctl.default.linkdefs.put", link -> {
            links.add(LinkDefinition.of(link));
            return ACCEPTED;
        });
        healthy.add(files.keys().provider(Part.LOG));

        HostDeployment.run(files, access);

        assertThat(links)
                .containsExactlyElementsOf(
                        Stream.of(Part.values()).map(files::definition).toList());
        assertThat(started).hasSize(Part.values().length - 1);
        assertThat(started.get("file://" + folder + "/archives/keyvalue-redis-provider.par.gz"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "provider_ref",
                        "file://" + folder + "/archives/keyvalue-redis-provider.par.gz",
                        "link_name",
                        "default",
                        "host_id",
                        HOST,
                        "annotations",
                        Map.of()));
    }

    @Test
    void saysWhatTheHostRefuses() throws Exception {
        answer("wasmbus.ctl.default.linkdefs.put", link -> Map.of("accepted", false, "error", "no room"));

        assertThatThrownBy(() -> HostDeployment.run(files, access))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the host refuses linkdefs.put: no room");
    }

    private static Optional<Part> part(String reference) {
        return Stream.of(Part.values())
                .filter(part -> reference.endsWith("/" + part.module() + ".par.gz"))
                .findFirst();
    }

    private void answer(String subject, Function<Map<String, @Nullable Object>, Map<String, ?>> way) throws Exception {
        host.subscribe(subject, message -> {
            String text = message.payload().toUtf8();
            Map<String, ?> answer = way.apply(text.isEmpty() ? Map.of() : Json.object(text));
            host.publish(
                    Objects.requireNonNull(message.replyTo()),
                    Bytes.utf8(Json.write(answer)).toByteArray());
        });
        host.flush();
    }
}
