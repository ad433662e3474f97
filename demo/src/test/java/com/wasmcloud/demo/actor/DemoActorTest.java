package com.wasmcloud.demo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.suites.InMemoryBlobstore;
import com.wasmcloud.testkit.suites.InMemoryKeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DemoActorTest {
    private static final ProviderStatus PROVIDER = new ProviderStatus(
            "some-provider", "some:contract", ProviderStatus.State.UNHEALTHY, "no store", "instance-1", 2.5, 7, 1);

    private final KeyValue store = new InMemoryKeyValue();
    private final Blobstore blobs = new InMemoryBlobstore();
    private final List<String> seen = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final List<String> fetched = new ArrayList<>();
    private final DemoActor actor = actor(store, blobs);

    @Test
    void countsEveryNameByItself() {
        assertThat(ask("GET", "/api/counter/tea")).isEqualTo("200 {\"counter\":1}");
        assertThat(ask("GET", "/api/counter/tea")).isEqualTo("200 {\"counter\":2}");
        assertThat(ask("GET", "/api/counter/milk")).isEqualTo("200 {\"counter\":1}");

        assertThat(Await.result(store.get("counter:tea")).value()).isEqualTo("2");
        assertThat(seen).containsExactly("/api/counter/tea 200", "/api/counter/tea 200", "/api/counter/milk 200");
        assertThat(logged)
                .containsExactly("info counted tea up to 1", "info counted tea up to 2", "info counted milk up to 1");
    }

    @Test
    void readsACounterWithoutCounting() {
        assertThat(ask("GET", "/api/count/tea")).isEqualTo("200 {\"counter\":0}");
        ask("GET", "/api/counter/tea");
        assertThat(ask("GET", "/api/count/tea")).isEqualTo("200 {\"counter\":1}");
        assertThat(ask("GET", "/api/count/tea")).isEqualTo("200 {\"counter\":1}");
    }

    @Test
    void servesThePageWithNothingFromElsewhere() {
        HttpResponse page = send("GET", "/", Map.of(), Bytes.EMPTY);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header()).containsEntry("content-type", List.of("text/html; charset=utf-8"));
        assertThat(page.header()).containsKey("content-security-policy");
        assertThat(String.valueOf(page.header().get("content-security-policy")))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body().toUtf8())
                .contains("<title>")
                .doesNotContain("src=\"http", "href=\"http", "=\"//", "style=\"", "onclick");
        for (String file : List.of("/style.css", "/script.js", "/icon.svg")) {
            assertThat(page.body().toUtf8()).contains("\"" + file + "\"");
            assertThat(send("GET", file, Map.of(), Bytes.EMPTY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsHowTheProvidersAreAndWhatWasLogged() {
        ask("GET", "/api/counter/tea");

        String all = ask("GET", "/api/status");
        assertThat(all)
                .contains("\"name\":\"some-provider\",\"contract\":\"some:contract\",\"state\":\"unhealthy\"")
                .contains("\"reason\":\"no store\",\"instance\":\"instance-1\",\"callsPerSecond\":2.5,\"calls\":7")
                .contains("\"text\":\"counted tea up to 1\",\"delivered\":true");
        String cursor = all.replaceFirst("(?s).*\"cursor\":\"([^\"]+)\".*", "$1");
        assertThat(seen).contains("/api/status 200");

        CompletionStage<HttpResponse> next =
                actor.handleRequest(new HttpRequest("GET", "/api/status", "after=" + cursor, Map.of(), Bytes.EMPTY));
        ask("GET", "/api/counter/tea");
        assertThat(text(Await.result(next))).contains("up to 2").doesNotContain("up to 1");
    }

    @Test
    void saysWhichLinesTheLoggingProviderDidNotTake() {
        RpcException late = RpcException.timeout("no answer");
        Capabilities capabilities = new Capabilities(
                store, blobs, entry -> CompletableFuture.failedFuture(late), request -> fetched("text/plain", "x"));
        DemoActor silent = new DemoActor(capabilities, List::of, (request, response, took) -> {});

        ask(silent, "/api/counter/tea");

        assertThat(ask(silent, "/api/status")).contains("\"text\":\"counted tea up to 1\",\"delivered\":false");
    }

    @Test
    void keepsAFileWithItsTypeUntilItIsRemoved() {
        assertThat(ask("GET", "/files/a")).isEqualTo("404 {\"error\":\"there is no file a\"}");
        assertThat(ask("DELETE", "/files/a")).isEqualTo("404 {\"error\":\"there is no file a\"}");

        assertThat(text(put("/files/a", "some text"))).isEqualTo("201 {\"stored\":\"a\",\"bytes\":9}");
        HttpResponse response = send("GET", "/files/a", Map.of(), Bytes.EMPTY);
        assertThat(text(response)).isEqualTo("200 some text");
        assertThat(response.header()).containsEntry("content-type", List.of("text/plain"));
        assertThat(text(put("/files/a", ""))).isEqualTo("201 {\"stored\":\"a\",\"bytes\":0}");
        assertThat(ask("GET", "/files/a")).isEqualTo("200");

        assertThat(ask("DELETE", "/files/a")).isEqualTo("200 {\"removed\":\"a\"}");
        assertThat(Await.result(blobs.objectExists(new ContainerObject("files", "a"))))
                .isFalse();
        assertThat(logged)
                .containsExactly(
                        "warn asked for a, which is not there",
                        "warn asked for a, which is not there",
                        "info stored a, 9 bytes of text/plain",
                        "info stored a, 0 bytes of text/plain",
                        "info removed a");
    }

    @Test
    void refusesFilesThatItCouldNotGiveBackAtOnce() {
        Bytes large = Bytes.wrap(new byte[(16 << 20) + 1]);

        assertThat(text(send("PUT", "/files/large", Map.of(), large)))
                .isEqualTo("413 {\"error\":\"a file has at most 16777216 bytes here, unless it is sent in pieces, with"
                        + " Content-Range\"}");
        assertThat(ask("POST", "/files/large"))
                .isEqualTo("405 {\"error\":\"a file can be sent with PUT, GET and DELETE\"}");
    }

    @Test
    void tellsWhatThereIsWhenAskedForSomethingElse() {
        String help = "404 {\"error\":\"there is nothing here; try GET /api/counter/NAME, or PUT, GET and DELETE"
                + " /files/NAME, with any name, or POST a URL to /api/fetch\"}";

        for (String path :
                List.of("/nowhere", "/api/counter/", "/api/counter/a/b", "/files/", "/files/..", "/files/a/b")) {
            assertThat(ask("GET", path)).isEqualTo(help);
        }
        assertThat(ask("POST", "/api/counter/tea")).isEqualTo(help);
    }

    @Test
    void fetchesAUrlAndTellsWhatCame() {
        assertThat(text(post("/api/fetch", " https://user:secret@example.com:8443/a?b \n")))
                .startsWith(
                        "200 {\"status\":203,\"type\":\"text/html; charset=utf-8\",\"bytes\":5000,\"milliseconds\":")
                .endsWith(",\"text\":\"" + "x".repeat(4000) + "\"}");
        assertThat(text(post("/api/fetch", "HTTP://example.com/picture")))
                .startsWith("200 {\"status\":203,\"type\":\"image/png\",\"bytes\":5000,")
                .endsWith(",\"text\":\"\"}");

        assertThat(fetched)
                .containsExactly("GET https://user:secret@example.com:8443/a?b", "GET HTTP://example.com/picture");
        assertThat(logged)
                .containsExactly(
                        "info fetched from example.com:8443: 203, 5000 bytes",
                        "info fetched from example.com: 203, 5000 bytes");
    }

    @Test
    void fetchesNothingButUrlsThatArePosted() {
        String what = "400 {\"error\":\"the body has to be a URL of at most 2000 bytes, such as https://example.com\"}";

        for (String url : List.of(
                "",
                "example.com",
                "file:///etc/passwd",
                "https://",
                "https://a b",
                "https://a\nhttps://b",
                "https://a/" + "b".repeat(2000))) {
            assertThat(text(post("/api/fetch", url))).as(url).isEqualTo(what);
        }
        assertThat(ask("GET", "/api/fetch"))
                .isEqualTo("405 {\"error\":\"a URL is fetched with POST, and is the body of the request\"}");
        assertThat(fetched).isEmpty();
    }

    @Test
    void saysWhyNothingCouldBeFetched() {
        RpcException denied = RpcException.of(RpcException.Code.REMOTE, "sending request: denied by deny_networks");
        RpcException late = RpcException.timeout("no answer");

        assertThat(text(Await.result(failing(denied).handleRequest(posted("/api/fetch", "http://10.0.0.1")))))
                .isEqualTo("502 {\"error\":\"sending request: denied by deny_networks\"}");
        assertThat(text(Await.result(failing(late).handleRequest(posted("/api/fetch", "http://10.0.0.1")))))
                .isEqualTo("503 {\"error\":\"timeout: no answer\"}");
    }

    @Test
    void tellsFromAFailedCallWhetherTheProviderOrTheWayToItFailed() {
        RpcException late = RpcException.timeout("no answer");
        RpcException wrong = RpcException.of(RpcException.Code.REMOTE, "redis error: no \"number\"");

        assertThat(ask(failing(late), "/api/counter/tea")).isEqualTo("503 {\"error\":\"timeout: no answer\"}");
        assertThat(ask(failing(late), "/files/tea")).isEqualTo("503 {\"error\":\"timeout: no answer\"}");
        assertThat(ask(failing(wrong), "/api/counter/tea"))
                .isEqualTo("500 {\"error\":\"redis error: no \\\"number\\\"\"}");
    }

    private DemoActor actor(KeyValue keyValue, Blobstore blobstore) {
        Capabilities capabilities = new Capabilities(
                keyValue,
                blobstore,
                entry -> {
                    logged.add(entry.level() + " " + entry.text());
                    return CompletableFuture.completedFuture(null);
                },
                this::answerOfAServer);
        return new DemoActor(
                capabilities,
                () -> List.of(PROVIDER),
                (request, response, took) -> seen.add(request.path() + " " + response.statusCode()));
    }

    /** An actor all of whose calls fail, those that only log too. */
    private static DemoActor failing(RpcException failure) {
        Caller caller = (operation, argument) -> CompletableFuture.failedFuture(failure);
        return new DemoActor(
                new Capabilities(
                        KeyValueContract.INSTANCE.stub(caller),
                        BlobstoreContract.INSTANCE.stub(caller),
                        LoggingContract.LEGACY.stub(caller),
                        HttpClientContract.INSTANCE.stub(caller)),
                List::of,
                (request, response, took) -> {});
    }

    private CompletionStage<com.wasmcloud.contract.httpclient.HttpResponse> answerOfAServer(
            com.wasmcloud.contract.httpclient.HttpRequest request) {
        fetched.add(request.method() + " " + request.url());
        boolean picture = request.url().endsWith("picture");
        return fetched(picture ? "image/png" : "text/html; charset=utf-8", "x".repeat(5000));
    }

    private static CompletionStage<com.wasmcloud.contract.httpclient.HttpResponse> fetched(String type, String body) {
        return CompletableFuture.completedFuture(new com.wasmcloud.contract.httpclient.HttpResponse(
                203, Map.of("content-type", List.of(type)), Bytes.utf8(body)));
    }

    private HttpResponse post(String path, String body) {
        return Await.result(actor.handleRequest(posted(path, body)));
    }

    private static HttpRequest posted(String path, String body) {
        return new HttpRequest("POST", path, "", Map.of(), Bytes.utf8(body));
    }

    private HttpResponse put(String path, String content) {
        return send("PUT", path, Map.of("Content-Type", List.of("text/plain")), Bytes.utf8(content));
    }

    private HttpResponse send(String method, String path, Map<String, List<String>> header, Bytes body) {
        return Await.result(actor.handleRequest(new HttpRequest(method, path, "", header, body)));
    }

    private String ask(String method, String path) {
        return text(send(method, path, Map.of(), Bytes.EMPTY));
    }

    private static String ask(DemoActor actor, String path) {
        return text(Await.result(actor.handleRequest(new HttpRequest("GET", path, "", Map.of(), Bytes.EMPTY))));
    }

    private static String text(HttpResponse response) {
        return (response.statusCode() + " " + response.body().toUtf8()).strip();
    }
}
