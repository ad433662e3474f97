package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.httpclient.HttpClient;
import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What an actor gets through a {@code wasmcloud:httpclient} provider, and a server is asked. */
final class HttpClientChecks {
    private static final List<Integer> SIZES = List.of(0, 1, 1000, 100_000, 921_600, 2 * 1024 * 1024 + 1);
    private static final List<Integer> STATUSES = List.of(200, 201, 204, 304, 400, 401, 404, 418, 500, 503);

    private final String contractId;
    private final WebServer server;

    HttpClientChecks(String contractId, WebServer server) {
        this.contractId = contractId;
        this.server = server;
    }

    /** The actor of a check. */
    private record Caller(Trial trial, HttpClient client, String site) {
        HttpResponse send(String method, String url, Map<String, List<String>> headers, Bytes body) {
            trial.sends("%s %s with a body of %d bytes".formatted(method, url, body.size()));
            return Await.result(client.request(new HttpRequest(method, url, headers, body)));
        }

        HttpResponse get(String path) {
            return send("GET", site + path, Map.of(), Bytes.EMPTY);
        }

        void mustBe(String what, Object expected, Object came) {
            if (!expected.equals(came)) {
                trial.expects(what + " " + expected);
                throw trial.came(what + " " + came);
            }
        }

        void mustFail(String url) {
            try {
                HttpResponse response = send("GET", url, Map.of(), Bytes.EMPTY);
                throw trial.came("a response with status " + response.statusCode());
            } catch (RpcException failure) {
                if (failure.code() != RpcException.Code.REMOTE) {
                    throw trial.came("no reply: " + failure.getMessage());
                }
            }
        }
    }

    /** What is done in a check. */
    @FunctionalInterface
    private interface Play {
        void with(Caller caller);
    }

    List<Check> all() {
        return List.of(
                check("method, path and query reach the server as they were sent", http -> {
                    HttpResponse response =
                            http.send("DELETE", http.site() + "/a%2Fb/c?x=%20+&y", Map.of(), Bytes.EMPTY);
                    http.mustBe("method", List.of("DELETE"), header(response, "x-method"));
                    http.mustBe("target", List.of("/a%2Fb/c?x=%20+&y"), header(response, "x-target"));
                }),
                check("headers reach the server with all values", http -> {
                    HttpResponse response =
                            http.send("GET", http.site() + "/", Map.of("X-Test", List.of("1", "2")), Bytes.EMPTY);
                    http.mustBe("values of X-Test", List.of("1", "2"), header(response, "x-got-test"));
                }),
                check(
                        "headers of the server reach the actor with lower-case names and all values",
                        http -> http.mustBe("x-twice", List.of("one", "two"), header(http.get("/"), "x-twice"))),
                check("every status is a response and no error", http -> {
                    for (int status : STATUSES) {
                        http.mustBe(
                                "status",
                                status,
                                http.get(WebServer.STATUS + status).statusCode());
                    }
                }),
                check("bodies of all sizes travel both ways", http -> {
                    for (int size : SIZES) {
                        byte[] bytes = new byte[size];
                        new Random(size).nextBytes(bytes);
                        HttpResponse response = http.send("POST", http.site() + "/", Map.of(), Bytes.wrap(bytes));
                        http.mustBe("status", 200, response.statusCode());
                        http.mustBe("a body of the same", size, response.body().size());
                        http.mustBe("the same bytes:", true, response.body().equals(Bytes.wrap(bytes)));
                    }
                }),
                check(
                        "a redirect is followed",
                        http -> http.mustBe(
                                "target", List.of("/target"), header(http.get(WebServer.REDIRECT), "x-target"))),
                check("a server that is not there is an error", http -> {
                    http.mustFail(WebServer.nowhere() + "/");
                    http.mustBe("status afterwards", 200, http.get("/").statusCode());
                }),
                check("what is no URL of HTTP is an error", http -> {
                    for (String url : List.of("", "no url", "/path", "ftp://127.0.0.1/", "http://")) {
                        http.mustFail(url);
                    }
                }));
    }

    private Check check(String rule, Play play) {
        String name = "contract/" + rule.replace(",", "").replace(' ', '-');
        return new Check(name, HostForm.RUST, Rule.ofContract(contractId, rule), trial -> {
            trial.expects(rule);
            Lab lab = trial.lab();
            play.with(new Caller(
                    trial,
                    HttpClientContract.INSTANCE.stub((operation, argument) -> lab.actor()
                            .invocation(lab.provider(), operation, argument)
                            .within(lab.limits().call())
                            .send()),
                    server.url()));
        });
    }

    private static List<String> header(HttpResponse response, String name) {
        return response.header().getOrDefault(name, List.of());
    }
}
