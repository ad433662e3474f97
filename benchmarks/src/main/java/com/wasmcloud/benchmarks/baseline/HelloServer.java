package com.wasmcloud.benchmarks.baseline;

import io.vertx.core.Vertx;
import java.io.IOException;

/** An HTTP server that answers every request with the same 100 bytes. */
public final class HelloServer {
    private HelloServer() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, port of loopback
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        Vertx.vertx()
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/plain")
                        .end(HelloActor.BODY))
                .listen(Integer.parseInt(arguments[2]), "127.0.0.1")
                .onSuccess(listening -> member.serve(arguments[1], call -> {}))
                .onFailure(Member::fail);
    }
}
