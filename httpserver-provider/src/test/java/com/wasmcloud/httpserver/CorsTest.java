package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.class)
class CorsTest {
    private static final String PAGE = "Origin: https://page.example\r\n";

    private static RawClient.Response ask(Site site, String requestLine, String headers) {
        return site.rawClient()
                .send(requestLine + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n")
                .response();
    }

    @Test
    void leavesRequestsWithoutOriginAlone(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            assertThat(ask(site, "GET /", "").headers()).containsOnlyKeys("content-length", "date");
            assertThat(ask(site, "OPTIONS /", "").body()).isEqualTo("hello");
        }
    }

    @Test
    void letsEveryPageReadByDefault(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            assertThat(ask(site, "GET /", PAGE).headers())
                    .containsEntry("access-control-allow-origin", "https://page.example")
                    .containsEntry("vary", "Origin")
                    .doesNotContainKey("access-control-allow-credentials");
            assertThat(site.seen().header()).containsEntry("origin", List.of("https://page.example"));
        }
    }

    @Test
    void answersPreflightsItself(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            RawClient.Response response = ask(
                    site,
                    "OPTIONS /api",
                    PAGE + "Access-Control-Request-Method: PATCH\r\n"
                            + "Access-Control-Request-Headers: Content-Type,  accept\r\n");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers())
                    .containsEntry("access-control-allow-origin", "https://page.example")
                    .containsEntry("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS")
                    .containsEntry(
                            "access-control-allow-headers", "accept, accept-language, content-type, content-language")
                    .containsEntry("access-control-max-age", "300")
                    .containsEntry("vary", "Origin");
            assertThat(site.wasAsked()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example, GET, accept, origin not allowed",
        "https://page.example, DELETE, accept, request-method not allowed",
        "https://page.example, '', accept, request-method not allowed",
        "https://page.example, GET, 'accept, authorization', header not allowed"
    })
    void saysWhyAPreflightIsForbidden(String origin, String method, String headers, String why, NatsServer nats) {
        Map<String, String> cors =
                Map.of("cors.allowed_origins", "https://page.example/", "cors.allowed_methods", "get,POST");
        try (Site site = Site.open(nats, cors)) {
            RawClient.Response response = ask(
                    site,
                    "OPTIONS /",
                    "Origin: " + origin + "\r\n"
                            + (method.isEmpty() ? "" : "Access-Control-Request-Method: " + method + "\r\n")
                            + "Access-Control-Request-Headers: " + headers + "\r\n");

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.body()).isEqualTo("403 Forbidden: CORS request forbidden: " + why + "\n");
            assertThat(site.wasAsked()).isFalse();
        }
    }

    @Test
    void forbidsRequestsOfOtherPages(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("cors.allowed_origins", "https://page.example"))) {
            RawClient.Response forbidden = ask(site, "GET /", "Origin: https://other.example\r\n");
            assertThat(forbidden.status()).isEqualTo(403);
            assertThat(forbidden.headers())
                    .containsEntry("vary", "Origin")
                    .doesNotContainKey("access-control-allow-origin");
            assertThat(site.wasAsked()).isFalse();

            assertThat(ask(site, "GET /", PAGE).body()).isEqualTo("hello");
            assertThat(ask(site, "GET /", "").headers()).containsEntry("vary", "Origin");
        }
    }

    @Test
    void grantsWhatTheSettingsSay(NatsServer nats) {
        String document = "{\"cors\":{\"allowed_origins\":[\"https://page.example\"],\"allow_credentials\":true,"
                + "\"exposed_headers\":[\"X-Total\",\"etag\"],\"allowed_headers\":[\"Authorization\"],\"max_age_secs\":5}}";
        try (Site site = Site.open(nats, Map.of("config_json", document))) {
            assertThat(ask(site, "GET /", PAGE).headers())
                    .containsEntry("access-control-allow-credentials", "true")
                    .containsEntry("access-control-expose-headers", "x-total, etag");
            assertThat(ask(
                                    site,
                                    "OPTIONS /",
                                    PAGE
                                            + "Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: AUTHORIZATION\r\n")
                            .headers())
                    .containsEntry("access-control-allow-headers", "authorization")
                    .containsEntry("access-control-max-age", "5")
                    .containsEntry("access-control-allow-credentials", "true");
        }
    }

    @Test
    void takesWildcardsAsTheFetchStandardDoes(NatsServer nats) {
        Map<String, String> cors = Map.of("cors.allowed_methods", "*", "cors.allowed_headers", "*");
        try (Site site = Site.open(nats, cors)) {
            assertThat(preflight(site, "PURGE", "x-any, content-type"))
                    .returns(200, RawClient.Response::status)
                    .satisfies(response -> assertThat(response.headers())
                            .containsEntry("access-control-allow-methods", "*")
                            .containsEntry("access-control-allow-headers", "*"));
            // browsers do not take a wildcard for this one, so it must be named
            assertThat(preflight(site, "GET", "authorization").body())
                    .isEqualTo("403 Forbidden: CORS request forbidden: header not allowed\n");
        }
    }

    @Test
    void grantsByNameWhatAWildcardAllowsWhenCredentialsAreAllowed(NatsServer nats) {
        Map<String, String> cors = Map.of(
                "cors.allowed_origins", "https://page.example",
                "cors.allow_credentials", "true",
                "cors.allowed_methods", "*",
                "cors.allowed_headers", "*,authorization");
        try (Site site = Site.open(nats, cors)) {
            assertThat(preflight(site, "PATCH", "X-Any, Authorization").headers())
                    .containsEntry("access-control-allow-methods", "PATCH")
                    .containsEntry("access-control-allow-headers", "x-any, authorization")
                    .containsEntry("access-control-allow-credentials", "true");
        }
    }

    private static RawClient.Response preflight(Site site, String method, String headers) {
        return ask(
                site,
                "OPTIONS /",
                PAGE + "Access-Control-Request-Method: " + method + "\r\nAccess-Control-Request-Headers: " + headers
                        + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "https://page.example:443, https://page.example",
        "https://page.example, https://page.example:443",
        "HTTPS://Page.Example, https://page.example",
        "http://page.example:80/, http://page.example",
        "*, https://any.example"
    })
    void knowsAnOriginInWhateverFormItIsWritten(String allowed, String origin, NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("cors.allowed_origins", allowed))) {
            assertThat(ask(site, "GET /", "Origin: " + origin + "\r\n").headers())
                    .containsEntry("access-control-allow-origin", origin);
        }
    }

    @Test
    void letsPagesReadFailuresAndReplacesWhatAnActorSaysOfOrigins(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            site.actorAnswers(Site.response(
                    200, Map.of("Access-Control-Allow-Origin", List.of("*"), "Vary", List.of("Accept, Origin")), ""));
            assertThat(ask(site, "GET /", PAGE).headers())
                    .containsEntry("access-control-allow-origin", "https://page.example")
                    .containsEntry("vary", "Accept, Origin");

            site.actor().leaves();
            RawClient.Response failure = ask(site, "GET /", PAGE);
            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure.headers()).containsEntry("access-control-allow-origin", "https://page.example");
        }
    }
}
