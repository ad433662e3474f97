package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What compose.yaml says, where no engine is there to try it. */
class ComposeFileTest {
    private static final Path FILE = Path.of("..", "compose.yaml");

    private final Map<?, ?> compose = load();

    @Test
    void hasAServiceForEachPart() {
        List<String> expected = new ArrayList<>(List.of("keys", "nats", "valkey", "s3", "actor"));
        for (Part part : Part.values()) {
            expected.add(part.module());
        }

        assertThat(services().keySet()).map(Object::toString).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void publishesThePageOnlyAndOnLoopbackOnly() {
        services().forEach((name, service) -> {
            List<?> ports = list(map(service), "ports");
            if (name.equals(Part.HTTP.module())) {
                assertThat(ports).map(Object::toString).containsExactly("127.0.0.1:${DEMO_PORT:-8080}:8080");
            } else {
                assertThat(ports).as("ports of %s", name).isEmpty();
            }
        });
        assertThat(map(map(compose, "networks"), "lattice").get("internal")).isEqualTo(true);
    }

    @Test
    void letsNothingButTheHttpClientOut() {
        services().forEach((name, service) -> assertThat(list(map(service), "networks"))
                .as("networks of %s", name)
                .hasToString(
                        name.equals(Part.FETCH.module())
                                ? "[lattice, internet]"
                                : name.equals(Part.HTTP.module()) ? "[lattice, page]" : "[lattice]"));
    }

    @Test
    void givesNoContainerMoreThanItNeeds() {
        services().forEach((name, value) -> {
            Map<?, ?> service = map(value);
            assertThat(service.get("user")).as("user of %s", name).isEqualTo("65532:65532");
            assertThat(service.get("read_only")).as("root of %s", name).isEqualTo(true);
            assertThat(list(service, "cap_drop")).as("capabilities of %s", name).hasToString("[ALL]");
            assertThat(list(service, "security_opt"))
                    .as("privileges of %s", name)
                    .hasToString("[no-new-privileges:true]");
            assertThat(service.get("pids_limit")).as("processes of %s", name).isNotNull();
            assertThat(String.valueOf(service.get("mem_limit")))
                    .as("memory of %s", name)
                    .matches("\\d+m");
            assertThat(service.containsKey("privileged")).isFalse();
        });
        for (Part part : Part.values()) {
            assertThat(service(part.module()).get("mem_limit")).isEqualTo("256m");
            assertThat(list(service(part.module()), "entrypoint"))
                    .isEqualTo(List.of("/provider/bin/java", "-XX:MaxDirectMemorySize=64m", "@/provider/options"));
        }
    }

    @Test
    void startsEverythingInOrderAndAgain() {
        services().forEach((name, value) -> {
            Map<?, ?> service = map(value);
            boolean once = name.equals("keys");
            assertThat(service.get("restart")).as("restart of %s", name).isEqualTo(once ? "no" : "unless-stopped");
            assertThat(service.containsKey("healthcheck") || once || isOwnImage(service))
                    .as("%s has a health check, of its own or its image's", name)
                    .isTrue();
            map(service, "depends_on").keySet().forEach(other -> assertThat(
                            services().containsKey(other))
                    .as("%s, which %s depends on", other, name)
                    .isTrue());
        });
        for (String server : List.of("nats", "valkey", "s3")) {
            assertThat(map(service(server), "depends_on"))
                    .hasToString("{keys={condition=service_completed_successfully}}");
        }
    }

    @Test
    void pinsTheImagesOfOthers() {
        services().forEach((name, value) -> {
            Map<?, ?> service = map(value);
            if (!isOwnImage(service)) {
                assertThat(String.valueOf(service.get("image"))).matches(".+:[a-z0-9-]*\\d+\\.\\d+\\.\\d+[a-z-]*");
            }
        });
    }

    @Test
    void buildsEachProvidersImageFromItsOwnModule() {
        for (Part part : Part.values()) {
            Map<?, ?> service = service(part.module());
            assertThat(service.get("build"))
                    .hasToString("{context=., target=provider, args={PROVIDER=%s}}".formatted(part.module()));
            assertThat(list(service, "command"))
                    .hasToString("[--host-data, /run/wasmcloud/%s.host-data]".formatted(part.module()));
        }
    }

    @Test
    void asksEachProviderHowItIsByTheEntryPointOfItsImage() throws IOException {
        String dockerfile = Files.readString(FILE.resolveSibling("Dockerfile"));
        for (Part part : Part.values()) {
            List<?> test = list(map(service(part.module()), "healthcheck"), "test");
            assertThat(test)
                    .hasToString("[CMD, /provider/bin/java, @/provider/health, --host-data,"
                            + " /run/wasmcloud/%s.host-data]".formatted(part.module()));
        }
        assertThat(dockerfile)
                .contains("ENTRYPOINT [\"/provider/bin/java\", \"@/provider/options\"]")
                .contains("AS demo\n", "AS provider\n");
        assertThat(map(service("actor"), "build").get("target")).isEqualTo("demo");
    }

    @Test
    void holdsNothingSecret() throws IOException {
        assertThat(Files.readString(FILE))
                .doesNotContainPattern("S[CNUAV][A-Z2-7]{56}")
                .doesNotContainPattern(
                        "(?i)(password|secret|credential|access_key|seed)\\w*['\"]?\\s*[:=]\\s*['\"]?[\\w/+]{4,}")
                .doesNotContainPattern("//[^/\\s]*:[^/\\s@]+@");
        services().forEach((name, service) -> assertThat(map(service).containsKey("environment"))
                .as("environment of %s", name)
                .isFalse());
    }

    @Test
    void keepsEveryVolumeThatItNames() {
        List<String> used = new ArrayList<>();
        services().values().forEach(service -> list(map(service), "volumes")
                .forEach(volume -> used.add(String.valueOf(map(volume).get("source")))));

        assertThat(used)
                .isSubsetOf(map(compose, "volumes").keySet().stream()
                        .map(Object::toString)
                        .toList());
        assertThat(used).contains("keys", "nats", "valkey", "s3");
    }

    private static boolean isOwnImage(Map<?, ?> service) {
        return service.containsKey("build");
    }

    private Map<?, ?> services() {
        return map(compose, "services");
    }

    private Map<?, ?> service(String name) {
        return map(services(), name);
    }

    private static Map<?, ?> load() {
        try {
            // a cast that says where it fails
            return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE)));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        Object value = parent.get(key);
        return value == null ? Map.of() : map(value);
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<?> list(Map<?, ?> parent, String key) {
        Object value = parent.get(key);
        return value == null ? List.of() : (List<?>) value;
    }
}
