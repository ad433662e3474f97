package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.settings.Settings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which S3, and how it wants to be spoken to. An immutable value.
 *
 * @param endpoint when it is not the one of AWS
 * @param pathStyle whether buckets are named in the path and not in the host name
 * @param maxAttempts how often a request is tried, the first time included
 * @param checksums whether more is sent and checked than S3 demands; not every server knows it
 */
record ServerSettings(
        Optional<Endpoint> endpoint, String region, boolean pathStyle, int maxAttempts, boolean checksums) {
    private static final String DEFAULT_REGION = "us-east-1";

    /** What every request has in common, in the words of OpenTelemetry. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>(Map.of("rpc.system", "aws-api", "rpc.service", "S3"));
        endpoint.ifPresentOrElse(
                server -> attributes.put("server.address", server.authority()),
                () -> attributes.put("cloud.region", region));
        return attributes;
    }

    /** Where S3 is, for people. */
    String place() {
        return endpoint.map(server -> "S3 at " + server).orElse("S3 in " + region);
    }

    static ServerSettings from(Settings settings) {
        Optional<Endpoint> endpoint = address(settings, "endpoint");
        boolean elsewhere = endpoint.isPresent() && !endpoint.get().isOfAws();
        return new ServerSettings(
                endpoint,
                settings.parsed("region", DEFAULT_REGION, ServerSettings::region),
                settings.flag("path_style", elsewhere),
                settings.number("max_attempts", 3, 1, 20),
                settings.parsed("checksum", !elsewhere, ServerSettings::checksum));
    }

    /** The address of a server: {@code http://host:port} or {@code https://host:port}. */
    static Optional<Endpoint> address(Settings settings, String key) {
        return settings.parsedSecret(
                key,
                Optional.<Endpoint>empty(),
                text -> text.isEmpty() ? Optional.empty() : Optional.of(Endpoint.parse(text)));
    }

    private static String region(String text) {
        if (text.isEmpty()) {
            return DEFAULT_REGION;
        }
        if (!text.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("must be the name of a region, such as eu-central-1");
        }
        return text;
    }

    private static boolean checksum(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "when_supported" -> true;
            case "when_required" -> false;
            default -> throw new IllegalArgumentException("must be when_supported or when_required");
        };
    }
}
