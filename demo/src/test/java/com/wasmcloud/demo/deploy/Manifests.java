package com.wasmcloud.demo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wasmcloud.provider.support.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads manifests into typed models, and nothing that these do not know. */
final class Manifests {
    static final Path DEPLOY = Path.of(System.getProperty("basedir", "."), "..", "deploy");
    static final List<String> PROVIDERS = List.of(
            "blobstore-s3-provider",
            "httpclient-provider",
            "httpserver-provider",
            "keyvalue-redis-provider",
            "logging-provider");

    private static final ObjectMapper YAML = new YAMLMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "apps/v1 Deployment", Deployment.class, "v1 Service", Service.class, "v1 Namespace", Namespace.class);

    private Manifests() {}

    /** The documents of a file, as records or beans of one type. */
    static <T> T read(Path file, Class<T> type) throws IOException {
        return YAML.convertValue(documents(file).get(0), type);
    }

    /** The Kubernetes objects in a file. */
    static List<HasMetadata> objects(Path file) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (JsonNode document : documents(file)) {
            String kind = document.path("apiVersion").asText() + " "
                    + document.path("kind").asText();
            assertThat(KINDS).as("%s in %s", kind, file).containsKey(kind);
            HasMetadata object = YAML.convertValue(document, KINDS.get(kind));
            assertNothingUnknown(object, file + ": " + kind);
            objects.add(object);
        }
        return objects;
    }

    static List<JsonNode> documents(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    /** The model keeps what it does not know instead of refusing it. */
    private static void assertNothingUnknown(Object value, String where) {
        if (value instanceof List<?> elements) {
            elements.forEach(element -> assertNothingUnknown(element, where + "[]"));
            return;
        }
        if (!value.getClass().getName().startsWith("io.fabric8.")) {
            return;
        }
        for (Method method : value.getClass().getMethods()) {
            if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
                continue;
            }
            Object member = invoke(method, value);
            if (method.getName().equals("getAdditionalProperties")) {
                assertThat((Map<?, ?>) member).as(where).isEmpty();
            } else if (member != null) {
                assertNothingUnknown(member, where + "." + method.getName().substring("get".length()));
            }
        }
    }

    private static Object invoke(Method method, Object target) {
        try {
            return method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** The keys that a provider's links may have. */
    static Set<String> linkKeys(String provider) throws IOException {
        Path schema = DEPLOY.resolve("../" + provider + "/src/main/resources/META-INF/wasmcloud/link-schema.json");
        return Json.object(Json.object(Files.readString(schema)), "properties").keySet();
    }
}
