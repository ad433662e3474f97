package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** What compose.host.yaml says: no host runs in the tests. */
class ComposeHostFileTest {
    private static final Path FILE = Path.of("..", "compose.host.yaml");
    /** What a Rust host of 0.82 takes from its environment. */
    private static final Set<String> HOST_SETTINGS = Set.of(
            "WASMCLOUD_LATTICE", "NATS_HOST", "NATS_PORT", "WASMCLOUD_ALLOW_FILE_LOAD", "WASMCLOUD_RPC_TIMEOUT_MS");

    private final Compose compose = load();

    /** The model: what is not in it is refused. */
    record Compose(
            String name,
            @JsonProperty("x-archives") Service archives,
            Map<String, Service> services,
            Map<String, Network> networks,
            Map<String, Object> volumes) {}

    record Network(boolean internal) {}

    record Extends(String file, String service) {}

    record Build(String context, String target) {}

    record Condition(String condition) {}

    record Volume(
            String type,
            String source,
            String target,
            @JsonProperty("read_only") boolean readOnly,
            @Nullable Object volume) {}

    record Service(
            @JsonProperty("extends") @Nullable Extends base,
            @Nullable String image,
            @Nullable Build build,
            @Nullable List<String> command,
            @Nullable String restart,
            @Nullable String user,
            @JsonProperty("read_only") boolean readOnly,
            @JsonProperty("cap_drop") @Nullable List<String> capDrop,
            @JsonProperty("security_opt") @Nullable List<String> securityOpt,
            @JsonProperty("pids_limit") int pidsLimit,
            @JsonProperty("stop_grace_period") @Nullable String stopGracePeriod,
            @Nullable Map<String, String> environment,
            @Nullable List<String> networks,
            @Nullable List<String> ports,
            @Nullable Object logging,
            @JsonProperty("depends_on") @Nullable Map<String, Condition> dependsOn,
            @Nullable Object healthcheck,
            @Nullable List<Volume> volumes) {}

    @Test
    void takesServersAndActorFromTheOtherFile() throws IOException {
        String other = Files.readString(FILE.resolveSibling("compose.yaml"));
        for (String name : List.of("keys", "nats", "valkey", "s3", "actor")) {
            assertThat(service(name).base()).isEqualTo(new Extends("compose.yaml", name));
            assertThat(other).contains("\n  " + name + ":\n");
        }
        assertThat(service("deploy").base()).isEqualTo(new Extends("compose.yaml", "actor"));
        assertThat(compose.services()).containsOnlyKeys("keys", "nats", "valkey", "s3", "actor", "deploy", "host");
    }

    @Test
    void runsTheHostWithWhatItKnows() throws IOException {
        Service host = service("host");
        Map<String, String> environment = Objects.requireNonNull(host.environment());

        assertThat(host.image()).isEqualTo("wasmcloud/wasmcloud:0.82.0");
        assertThat(environment).containsOnlyKeys(HOST_SETTINGS);
        assertThat(environment)
                .containsEntry("WASMCLOUD_LATTICE", StackFiles.LATTICE)
                .containsEntry("NATS_HOST", "nats")
                .containsEntry("WASMCLOUD_ALLOW_FILE_LOAD", "true")
                .containsEntry("WASMCLOUD_RPC_TIMEOUT_MS", Long.toString(Part.CALLS.toMillis()));
        assertThat(host.command())
                .containsExactly(
                        "/bin/sh", "-c", "set -a && . /run/wasmcloud/" + HostFiles.ENVIRONMENT + " && exec wasmcloud");
        assertThat(host.volumes()).extracting(Volume::target).containsExactly("/run/wasmcloud", "/tmp");
        assertThat(Objects.requireNonNull(host.volumes()).get(0).readOnly()).isTrue();
    }

    @Test
    void givesTheHostNoMoreThanItNeeds() {
        Service host = service("host");

        assertThat(host.user()).isEqualTo("65532:65532");
        assertThat(host.readOnly()).isTrue();
        assertThat(host.capDrop()).containsExactly("ALL");
        assertThat(host.securityOpt()).containsExactly("no-new-privileges:true");
        assertThat(host.pidsLimit()).isPositive();
        assertThat(host.ports()).containsExactly("127.0.0.1:${DEMO_PORT:-8080}:8080");
        assertThat(compose.services().entrySet())
                .filteredOn(service -> !service.getKey().equals("host"))
                .allSatisfy(service -> assertThat(service.getValue().ports()).isNull());
        assertThat(compose.networks().get("lattice")).isEqualTo(new Network(true));
        assertThat(host.networks())
                .containsExactlyInAnyOrderElementsOf(compose.networks().keySet());
    }

    @Test
    void deploysOnceTheHostIsThere() throws IOException {
        String dockerfile = Files.readString(FILE.resolveSibling("Dockerfile"));
        Map<String, Condition> before = Objects.requireNonNull(service("deploy").dependsOn());

        assertThat(before).containsOnlyKeys("host", "valkey", "s3");
        assertThat(service("deploy").command()).startsWith("deploy", "/run/wasmcloud");
        assertThat(service("deploy").restart()).isEqualTo("on-failure");
        assertThat(service("keys").command()).startsWith("archives", "/run/wasmcloud");
        assertThat(Objects.requireNonNull(service("keys").build()).target()).isEqualTo("demo-host");
        assertThat(service("keys").image()).isEqualTo(compose.archives().image());
        assertThat(dockerfile).contains("FROM demo AS demo-host\n", "/volumes/host\n");
    }

    @Test
    void keepsEveryVolumeThatItNames() {
        Set<String> used = new TreeSet<>(Set.of("keys", "nats", "valkey", "s3"));
        for (Service service : compose.services().values()) {
            for (Volume volume : Objects.requireNonNullElse(service.volumes(), List.<Volume>of())) {
                used.add(volume.source());
            }
        }

        assertThat(used).isEqualTo(compose.volumes().keySet());
    }

    private Service service(String name) {
        return Objects.requireNonNull(compose.services().get(name), name);
    }

    private static Compose load() {
        try {
            Object tree = new Yaml(new ComposeTags()).load(Files.readString(FILE));
            return new YAMLMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .convertValue(tree, Compose.class);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Compose's own tags about merging: here the values behind them are what counts. */
    private static final class ComposeTags extends SafeConstructor {
        ComposeTags() {
            super(new LoaderOptions());
            yamlConstructors.put(new Tag("!override"), new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return constructMapping((MappingNode) node);
                }
            });
            yamlConstructors.put(new Tag("!reset"), new AbstractConstruct() {
                @Override
                public @Nullable Object construct(Node node) {
                    return null;
                }
            });
        }
    }
}
