package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** What a client of a {@code wasmcloud:httpserver} provider sees of the actor behind it, and the other way round. */
final class HttpServerChecks {
    private static final int LARGE = 2 * 1024 * 1024 + 1;
    private static final int CLIENTS = 64;

    private final String contractId;

    HttpServerChecks(String contractId) {
        this.contractId = contractId;
    }

    /** One exchange of a check. */
    private record Exchange(Trial trial, HttpClient client, URI site) {
        HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
            HttpRequest whole = request.timeout(trial.lab().limits().call()).build();
            trial.sends(whole.method() + " " + whole.uri().getRawPath());
            return client.send(whole, BodyHandlers.ofByteArray());
        }

        HttpRequest.Builder to(String path) {
            return HttpRequest.newBuilder(URI.create(site + path));
        }

        void mustBe(String what, Object expected, Object came) {
            if (!expected.equals(came)) {
                trial.expects(what + " " + expected);
                throw trial.came(what + " " + came);
            }
        }
    }

    /** What is done in a check. */
    @FunctionalInterface
    private interface Play {
        void with(Exchange exchange) throws Exception;
    }

    List<Check> all() {
        return List.of(
                check("method, path and query reach the actor as they were sent", http -> {
                    HttpResponse<byte[]> response =
                            http.send(http.to("/a%2Fb/c?x=%20+&y").DELETE());
                    http.mustBe(
                            "x-method", List.of("DELETE"), response.headers().allValues("x-method"));
                    http.mustBe(
                            "x-path", List.of("/a%2Fb/c"), response.headers().allValues("x-path"));
                    http.mustBe(
                            "x-query", List.of("x=%20+&y"), response.headers().allValues("x-query"));
                }),
                check("headers reach the actor with lower-case names and all values", http -> {
                    HttpResponse<byte[]> response =
                            http.send(http.to("/").header("X-Test", "1").header("X-Test", "2"));
                    http.mustBe(
                            "x-got-x-test",
                            List.of("1", "2"),
                            response.headers().allValues("x-got-x-test"));
                }),
                check(
                        "headers of the actor reach the client with all values",
                        http -> http.mustBe(
                                "x-twice",
                                List.of("one", "two"),
                                http.send(http.to("/")).headers().allValues("x-twice"))),
                check("the status is the actor's", http -> {
                    for (int status : new int[] {200, 201, 204, 301, 304, 400, 404, 418, 500, 503}) {
                        http.mustBe(
                                "status",
                                status,
                                http.send(http.to(EchoSite.STATUS + status)).statusCode());
                    }
                }),
                check("bodies of all sizes travel both ways", http -> {
                    for (int size : new int[] {0, 1, 1000, 100_000, 921_600, LARGE}) {
                        byte[] body = noise(size);
                        HttpResponse<byte[]> response =
                                http.send(http.to("/" + size).POST(BodyPublishers.ofByteArray(body)));
                        http.mustBe("status", 200, response.statusCode());
                        http.mustBe("a body of the same", size, response.body().length);
                        http.mustBe("the same bytes:", true, Arrays.equals(body, response.body()));
                    }
                }),
                check("a failure of the actor is an answer of 500 or above", http -> {
                    int status = http.send(http.to(EchoSite.FAIL)).statusCode();
                    http.mustBe("500 or above:", true, status >= 500);
                    http.mustBe(
                            "status afterwards", 200, http.send(http.to("/")).statusCode());
                }),
                check("many clients are each given their own answer", HttpServerChecks::many),
                check("a link that is deleted no longer listens", HttpServerChecks::deleted));
    }

    private Check check(String rule, Play play) {
        String name = "contract/" + rule.replace(",", "").replace("'", "").replace(' ', '-');
        return new Check(name, HostForm.RUST, Rule.ofContract(contractId, rule), trial -> {
            trial.expects(rule);
            Lab lab = trial.lab();
            lab.awaitServed(lab.actor(), lab.limits().link());
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(lab.limits().call())
                    .build();
            Exchange http = new Exchange(trial, client, site(lab, lab.actor()));
            lab.await("the address of the link was listened on", lab.limits().link(), () -> answers(http));
            play.with(http);
        });
    }

    private static void many(Exchange http) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            HttpRequest request = http.to("/" + client)
                    .timeout(http.trial().lab().limits().call())
                    .POST(BodyPublishers.ofString("client " + client))
                    .build();
            answers.add(http.client().sendAsync(request, BodyHandlers.ofString()));
        }
        http.trial().sends(CLIENTS + " requests at once");
        for (int client = 0; client < CLIENTS; client++) {
            http.mustBe(
                    "body",
                    "client " + client,
                    Await.result(answers.get(client)).body());
        }
    }

    private static void deleted(Exchange http) throws Exception {
        Lab lab = http.trial().lab();
        TestActor actor = lab.linkedActor();
        Exchange other = new Exchange(http.trial(), http.client(), site(lab, actor));
        lab.await("requests reached the actor of a new link", lab.limits().link(), () -> answers(other));
        lab.provider().unlink(actor);
        LinkChecks.awaitUnlinked(http.trial(), actor);
        http.trial().sends("GET / after the link was deleted").expects("a connection that is refused, or 404 or 503");
        lab.await("no request reached the actor any more", lab.limits().link(), () -> !answers(other));
    }

    private static boolean answers(Exchange http) {
        try {
            int status = http.send(http.to("/")).statusCode();
            return status != 404 && status != 503;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static URI site(Lab lab, TestActor actor) {
        String address = lab.values(actor).get("address");
        return URI.create("http://" + address);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
