package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An actor that answers HTTP requests with what it has got, or as the path says. */
final class EchoSite implements HttpServer {
    static final String STATUS = "/status/";
    static final String FAIL = "/fail";

    @Override
    public CompletionStage<HttpResponse> handleRequest(HttpRequest request) {
        if (request.path().equals(FAIL)) {
            return CompletableFuture.failedFuture(
                    RpcException.of(RpcException.Code.BACKEND, "this actor fails for a check"));
        }
        int status = request.path().startsWith(STATUS)
                ? Integer.parseInt(request.path().substring(STATUS.length()))
                : 200;
        Map<String, List<String>> header = new HashMap<>();
        header.put("x-method", List.of(request.method()));
        header.put("x-path", List.of(request.path()));
        header.put("x-query", List.of(request.queryString()));
        header.put("x-twice", List.of("one", "two"));
        request.header().forEach((name, values) -> {
            if (name.startsWith("x-test")) {
                header.put("x-got-" + name, values);
            }
        });
        Bytes body = status == 204 || status == 304 ? Bytes.EMPTY : request.body();
        return CompletableFuture.completedFuture(new HttpResponse(status, header, body));
    }
}
