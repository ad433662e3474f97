package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image as the tar that {@code docker load} takes; podman and skopeo read it, too. Stateless. */
final class DockerArchive {
    private static final String JAVA = Image.HOME + "/bin/java";
    private static final List<String> ENTRY_POINT = List.of(JAVA, "@" + Image.HOME + "/options");
    private static final List<String> HEALTH_CHECK = List.of("CMD", JAVA, "@" + Image.HOME + "/health");
    private static final long SECOND = 1_000_000_000;

    private DockerArchive() {}

    /** Writes the archive of a root file system. */
    static void write(Inputs inputs, Path root, String architecture, Path file) throws IOException {
        List<Path> layers = new ArrayList<>();
        try {
            List<String> digests = new ArrayList<>();
            for (boolean provider : new boolean[] {false, true}) {
                Path layer = Files.createTempFile(file.resolveSibling(""), "layer", ".tar");
                layers.add(layer);
                Image.writeLayer(inputs, root, provider, layer);
                digests.add(Digest.sha256(Files.readAllBytes(layer)));
            }
            String config = config(inputs, architecture, digests);
            String configName = Digest.sha256(config.getBytes(UTF_8)) + ".json";
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                    Tar tar = new Tar(out, inputs.time())) {
                tar.text("manifest.json", manifest(inputs, configName, digests));
                tar.text(configName, config);
                for (int index = 0; index < layers.size(); index++) {
                    tar.bytes(digests.get(index) + ".tar.gz", Gzip.compressed(layers.get(index)));
                }
            }
        } finally {
            for (Path layer : layers) {
                Files.delete(layer);
            }
        }
    }

    private static String manifest(Inputs inputs, String config, List<String> digests) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("Config", config);
            strings(json, "RepoTags", List.of(inputs.name() + ":" + inputs.version()));
            strings(
                    json,
                    "Layers",
                    digests.stream().map(digest -> digest + ".tar.gz").toList());
            json.writeEndObject();
            json.writeEndArray();
        }
        return text.toString();
    }

    private static String config(Inputs inputs, String architecture, List<String> digests) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("created", inputs.time().toString());
            json.writeStringField("architecture", architecture);
            json.writeStringField("os", "linux");
            json.writeObjectFieldStart("config");
            json.writeStringField("User", Image.USER + ":" + Image.USER);
            json.writeStringField("WorkingDir", "/");
            json.writeStringField("StopSignal", "SIGTERM");
            strings(json, "Env", List.of("LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=2"));
            strings(json, "Entrypoint", ENTRY_POINT);
            healthCheck(json);
            labels(json, inputs);
            json.writeEndObject();
            json.writeObjectFieldStart("rootfs");
            json.writeStringField("type", "layers");
            strings(
                    json,
                    "diff_ids",
                    digests.stream().map(digest -> "sha256:" + digest).toList());
            json.writeEndObject();
            json.writeArrayFieldStart("history");
            for (String layer : List.of("system libraries", inputs.name())) {
                json.writeStartObject();
                json.writeStringField("created", inputs.time().toString());
                json.writeStringField("created_by", layer);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void healthCheck(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("Healthcheck");
        strings(json, "Test", HEALTH_CHECK);
        json.writeNumberField("Interval", 30 * SECOND);
        json.writeNumberField("Timeout", 10 * SECOND);
        json.writeNumberField("StartPeriod", 10 * SECOND);
        json.writeNumberField("Retries", 3);
        json.writeEndObject();
    }

    private static void labels(JsonGenerator json, Inputs inputs) throws IOException {
        json.writeObjectFieldStart("Labels");
        json.writeStringField("org.opencontainers.image.title", inputs.name());
        json.writeStringField("org.opencontainers.image.description", inputs.title());
        json.writeStringField("org.opencontainers.image.version", inputs.version());
        json.writeStringField("org.opencontainers.image.created", inputs.time().toString());
        json.writeStringField("org.opencontainers.image.source", inputs.source());
        json.writeStringField("org.opencontainers.image.licenses", "Apache-2.0");
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
