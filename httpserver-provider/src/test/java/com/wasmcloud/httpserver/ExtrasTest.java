package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.httpserver.handlers.AccessLog;
import com.wasmcloud.httpserver.vertx.HttpPorts;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forwarding headers, request IDs, {@code Cache-Control} and the access log. */
@ExtendWith(Servers.class)
class ExtrasTest {
    private static RawClient.Response get(Site site, String headers) {
        return site.rawClient()
                .send("GET /a?token=s3cr3t HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n")
                .response();
    }

    @Test
    void passesForwardingHeadersOfTheClientByDefault(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            get(site, "X-Forwarded-For: 1.2.3.4\r\n");

            assertThat(site.seen().header())
                    .isEqualTo(Map.of("host", List.of("h"), "x-forwarded-for", List.of("1.2.3.4")));
        }
    }

    @Test
    void replacesForwardingHeadersOfTheClient(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("forwarded", "set"))) {
            get(
                    site,
                    "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Proto: x\r\nForwarded: for=x\r\n");

            assertThat(site.seen().header())
                    .isEqualTo(Map.of(
                            "host", List.of("h"),
                            "x-forwarded-for", List.of("127.0.0.1"),
                            "x-forwarded-proto", List.of("http"),
                            "x-forwarded-host", List.of("h")));
        }
    }

    @Test
    void appendsTheClientToForwardingHeadersOfTheProxy(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("forwarded", "append"))) {
            get(site, "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\nX-Forwarded-Proto: https\r\n");

            assertThat(site.seen().header())
                    .containsEntry("x-forwarded-for", List.of("1.2.3.4, 5.6.7.8, 127.0.0.1"))
                    .containsEntry("x-forwarded-proto", List.of("https"))
                    .containsEntry("x-forwarded-host", List.of("h"));
        }
    }

    @Test
    void givesEveryRequestAnId(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("request_id_header", "X-Request-ID"))) {
            assertThat(get(site, "X-Request-Id: abc-1\r\n").headers()).containsEntry("x-request-id", "abc-1");
            assertThat(site.seen().header()).containsEntry("x-request-id", List.of("abc-1"));

            String made = String.valueOf(
                    get(site, "X-Request-Id: not one\r\n").headers().get("x-request-id"));
            assertThat(made).matches("[0-9a-f-]{36}");
            assertThat(site.seen().header()).containsEntry("x-request-id", List.of(made));

            site.actor().leaves();
            assertThat(get(site, "X-Request-Id: abc-2\r\n").headers()).containsEntry("x-request-id", "abc-2");
        }
    }

    @Test
    void setsCacheControlWhereTheActorDoesNot(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("cache_control", "no-cache, no-store"))) {
            assertThat(get(site, "").headers()).containsEntry("cache-control", "no-cache, no-store");
            site.actorAnswers(Site.response(200, Map.of("Cache-Control", List.of("max-age=1")), ""));
            assertThat(get(site, "").headers()).containsEntry("cache-control", "max-age=1");
        }
    }

    @Test
    void writesALineForEachRequest(NatsServer nats) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        HttpServices services = new HttpServices(
                new HttpPorts(),
                new Budget(1_000_000),
                new AccessLog(Channels.newChannel(written)),
                new Background("http"));
        Map<String, String> values = Map.of("access_log", "json", "request_id_header", "x-request-id");
        try (Site site = Site.open(nats, values, services)) {
            get(site, "x-request-id: r1\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n");
            Await.until("the line is there", () -> written.toString(StandardCharsets.UTF_8)
                    .endsWith("\n"));

            Map<String, Object> line = Json.object(written.toString(StandardCharsets.UTF_8));
            assertThat(line)
                    .containsEntry("client", "127.0.0.1")
                    .containsEntry("method", "GET")
                    .containsEntry("path", "/a")
                    .containsEntry("protocol", "HTTP/1.1")
                    .containsEntry("status", 200)
                    .containsEntry("bytes", 5)
                    .containsEntry("actor", site.actor().key())
                    .containsEntry("request_id", "r1")
                    .containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")
                    .containsKeys("time", "ms");
        }
    }
}
