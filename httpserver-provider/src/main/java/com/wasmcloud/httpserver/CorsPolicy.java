package com.wasmcloud.httpserver;

import com.wasmcloud.provider.settings.Settings;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What pages of other origins may do. Requests without an {@code Origin} are none of its business.
 *
 * @param origins empty when all may
 * @param methods in upper case
 * @param headers in lower case
 * @param exposed what scripts may see of an answer besides the usual
 */
record CorsPolicy(Set<String> origins, Set<String> methods, Set<String> headers, List<String> exposed, Grants grants) {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final List<String> HEADERS =
            List.of("accept", "accept-language", "content-type", "content-language");
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9._~-]+(:\\d{1,5})?|https?://\\[[0-9a-f:.]+](:\\d{1,5})?");

    /**
     * @param maxAgeSeconds how long a browser may remember the answer to a preflight
     * @param credentials whether a page's cookies and passwords may come along
     */
    record Grants(int maxAgeSeconds, boolean credentials) {}

    static CorsPolicy from(Settings settings) {
        Set<String> origins = each(settings, "cors.allowed_origins", List.of(), CorsPolicy::origin);
        boolean credentials = settings.flag("cors.allow_credentials", false);
        if (credentials && origins.isEmpty()) {
            settings.problem(
                    "cors.allow_credentials",
                    "needs cors.allowed_origins: not every page may act for those who visit it");
        }
        return new CorsPolicy(
                origins,
                each(settings, "cors.allowed_methods", METHODS, CorsPolicy::method),
                each(settings, "cors.allowed_headers", HEADERS, CorsPolicy::header),
                List.copyOf(each(settings, "cors.exposed_headers", List.of(), CorsPolicy::header)),
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
        String origin = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text).toLowerCase(Locale.ROOT);
        return Optional.of(origin).filter(ORIGIN.asMatchPredicate());
    }

    private static Optional<String> method(String text) {
        return header(text).map(name -> name.toUpperCase(Locale.ROOT));
    }

    private static Optional<String> header(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)).filter(HttpMessages::isToken);
    }

    /** Why a request of an origin is refused, if it is. */
    Optional<HttpFailure> refusal(String origin) {
        return origins.isEmpty() || origins.contains(origin.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(forbidden("origin not allowed"));
    }

    /** Answers the question of a browser before the request itself, in the headers of the answer, or says why not. */
    Optional<HttpFailure> preflight(String origin, MultiMap question, MultiMap answer) {
        Optional<HttpFailure> refusal = refusal(origin);
        if (refusal.isPresent()) {
            return refusal;
        }
        String method = question.get("access-control-request-method");
        if (method == null || !methods.contains(method)) {
            return Optional.of(forbidden("request-method not allowed"));
        }
        if (!requestedHeaders(question).allMatch(headers::contains)) {
            return Optional.of(forbidden("header not allowed"));
        }
        allow(origin, answer);
        answer.set("access-control-allow-methods", String.join(", ", methods));
        answer.set("access-control-allow-headers", String.join(", ", headers));
        answer.set("access-control-max-age", Integer.toString(grants.maxAgeSeconds));
        return Optional.empty();
    }

    private static Stream<String> requestedHeaders(MultiMap question) {
        return question.getAll("access-control-request-headers").stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty());
    }

    /** Lets a page see an answer; and tells caches for whom it is. */
    void apply(@Nullable String origin, MultiMap answer) {
        if (origin != null && refusal(origin).isEmpty()) {
            allow(origin, answer);
        } else if (origin != null || !origins.isEmpty()) {
            vary(answer);
        }
    }

    private void allow(String origin, MultiMap answer) {
        answer.set("access-control-allow-origin", origin);
        if (grants.credentials) {
            answer.set("access-control-allow-credentials", "true");
        }
        if (!exposed.isEmpty()) {
            answer.set("access-control-expose-headers", String.join(", ", exposed));
        }
        vary(answer);
    }

    private static void vary(MultiMap answer) {
        List<String> before = new ArrayList<>(answer.getAll("vary"));
        Set<String> names = before.stream()
                .flatMap(line -> Stream.of(line.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toSet());
        if (!names.contains("origin") && !names.contains("*")) {
            answer.add("vary", "Origin");
        }
    }

    private static HttpFailure forbidden(String why) {
        return new HttpFailure(403, "CORS request forbidden: " + why);
    }
}
