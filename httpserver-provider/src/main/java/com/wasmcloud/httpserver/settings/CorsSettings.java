package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which cross-origin requests are allowed. An immutable value.
 *
 * @param origins {@linkplain HttpOrigin#normalized normalized}; empty for every origin
 * @param methods in upper case; {@link #ANY} stands for all
 * @param headers in lower case; {@link #ANY} stands for all but {@code authorization}, as the Fetch standard has it
 * @param exposed headers of an answer that scripts may read besides the safelisted ones
 */
public record CorsSettings(
        Set<String> origins, Set<String> methods, Set<String> headers, List<String> exposed, Grants grants) {
    /** The wildcard in {@link #methods} and {@link #headers}. */
    public static final String ANY = "*";

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final List<String> HEADERS =
            List.of("accept", "accept-language", "content-type", "content-language");

    /**
     * What browsers may do with an answer.
     *
     * @param maxAgeSeconds how long a browser may cache the answer to a preflight
     * @param credentials whether cookies and HTTP authentication may be sent along
     */
    public record Grants(int maxAgeSeconds, boolean credentials) {}

    static CorsSettings from(Settings settings) {
        Set<String> origins = each(settings, "cors.allowed_origins", List.of(), CorsSettings::origin);
        if (origins.contains(ANY)) {
            origins = Set.of();
        }
        boolean credentials = settings.flag("cors.allow_credentials", false);
        if (credentials && origins.isEmpty()) {
            settings.problem(
                    "cors.allow_credentials",
                    "needs cors.allowed_origins: not every page may act for those who visit it");
        }
        return new CorsSettings(
                origins,
                each(settings, "cors.allowed_methods", METHODS, CorsSettings::method),
                each(settings, "cors.allowed_headers", HEADERS, CorsSettings::header),
                List.copyOf(each(settings, "cors.exposed_headers", List.of(), CorsSettings::header)),
                new Grants(settings.number("cors.max_age_secs", 300, 0, 86_400), credentials));
    }

    private static Set<String> each(
            Settings settings, String key, List<String> byDefault, Function<String, Optional<String>> parser) {
        List<String> texts = settings.list(key);
        Set<String> parsed = new LinkedHashSet<>();
        for (String text : texts.isEmpty() ? byDefault : texts) {
            parser.apply(text.strip())
                    .ifPresentOrElse(parsed::add, () -> settings.problem(key, "cannot have '" + text + "' in it"));
        }
        return parsed;
    }

    private static Optional<String> origin(String text) {
        return text.equals(ANY) ? Optional.of(ANY) : HttpOrigin.parse(text);
    }

    private static Optional<String> method(String text) {
        return header(text).map(name -> name.toUpperCase(Locale.ROOT));
    }

    private static Optional<String> header(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)).filter(FieldSyntax::isToken);
    }
}
