package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import io.nats.client.Message;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A plain web client behind NATS: every call gets the same URL and passes the answer on. The request is not read, no
 * signature is verified, no address is checked, and no failure is handled.
 */
public final class BaselineHttpClient {
    /** As many as the provider's default. */
    private static final int CONNECTIONS = 64;

    private final Member member;
    private final WebClient client;
    private final String url;

    private BaselineHttpClient(Member member, WebClient client, String url) {
        this.member = member;
        this.client = client;
        this.url = url;
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, the URL to get
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        WebClient client =
                WebClient.create(Vertx.vertx(), new WebClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        BaselineHttpClient baseline = new BaselineHttpClient(member, client, arguments[2]);
        member.serve(arguments[1], baseline::serve);
    }

    private void serve(Message call) {
        client.getAbs(url).send().onSuccess(answer -> {
            HttpResponse response = new HttpResponse(
                    answer.statusCode(),
                    Map.of(
                            "content-type", List.of(answer.getHeader("content-type")),
                            "content-length", List.of(answer.getHeader("content-length"))),
                    Bytes.wrap(answer.body().getBytes()));
            member.answer(call, HttpResponse.CODEC.encode(response, Encoding.MSGPACK));
        });
    }
}
