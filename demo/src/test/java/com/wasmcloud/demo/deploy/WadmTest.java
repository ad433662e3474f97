package com.wasmcloud.demo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The manifest for wadm, as wadm of 0.x hosts reads it. */
class WadmTest {
    private static final Path FILE = Manifests.DEPLOY.resolve("wadm/demo.yaml");
    private static final Pattern IMAGE =
            Pattern.compile("registry\\.example\\.com/wasmcloud-java/([a-z0-9-]+):[0-9.]+");

    /** The model: what is not in it is refused. */
    record Application(String apiVersion, String kind, Metadata metadata, Spec spec) {}

    record Metadata(String name, Map<String, String> annotations) {}

    record Spec(List<Component> components) {}

    record Component(String name, String type, Properties properties, List<Trait> traits) {}

    record Properties(
            String image,
            @Nullable String contract,
            @JsonProperty("link_name") @Nullable String linkName) {}

    record Trait(String type, TraitProperties properties) {}

    record TraitProperties(
            @Nullable Integer replicas,
            @Nullable String target,
            @Nullable Map<String, String> values) {}

    private static Application manifest() throws IOException {
        return Manifests.read(FILE, Application.class);
    }

    @Test
    void isAnApplicationOfTheKnownForm() throws IOException {
        Application manifest = manifest();
        assertThat(manifest.apiVersion()).isEqualTo("core.oam.dev/v1beta1");
        assertThat(manifest.kind()).isEqualTo("Application");
        assertThat(manifest.metadata().annotations()).containsKeys("version", "description");
        assertThat(manifest.spec().components()).extracting(Component::type).containsOnly("actor", "capability");
        assertThat(manifest.spec().components()).allSatisfy(component -> assertThat(component.traits())
                .extracting(Trait::type)
                .contains("spreadscaler")
                .isSubsetOf("spreadscaler", "linkdef"));
    }

    @Test
    void everyProviderIsThereWithItsContract() throws IOException {
        TreeSet<String> providers = new TreeSet<>();
        for (Component component : manifest().spec().components()) {
            if (component.type().equals("capability")) {
                String provider = provider(component);
                providers.add(provider);
                assertThat(Files.readString(Manifests.DEPLOY.resolve("../" + provider + "/pom.xml")))
                        .contains("<provider.contract>" + component.properties().contract() + "</provider.contract>");
            }
        }
        assertThat(providers).containsExactlyElementsOf(Manifests.PROVIDERS);
    }

    private static String provider(Component component) {
        Matcher image = IMAGE.matcher(component.properties().image());
        assertThat(image.matches()).as(component.properties().image()).isTrue();
        return image.group(1);
    }

    @Test
    void linksLeadToProvidersThatKnowTheirValues() throws IOException {
        Map<String, Component> components = manifest().spec().components().stream()
                .collect(Collectors.toMap(Component::name, component -> component));
        int links = 0;
        for (Component component : components.values()) {
            for (Trait trait : component.traits()) {
                String target = trait.properties().target();
                Map<String, String> values = trait.properties().values();
                if (target != null && values != null) {
                    Component provider = Objects.requireNonNull(components.get(target), target);
                    assertThat(Manifests.linkKeys(provider(provider))).containsAll(values.keySet());
                    links++;
                }
            }
        }
        assertThat(links).isPositive();
    }
}
