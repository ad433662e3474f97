package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An actor that answers every HTTP request with the same 100 bytes, and believes every caller. */
public final class HelloActor {
    /** What it says. */
    public static final String BODY = "hello, world".repeat(9).substring(0, 100);

    private HelloActor() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        Bytes result = HttpResponse.CODEC.encode(
                new HttpResponse(200, Map.of("content-type", List.of("text/plain")), Bytes.utf8(BODY)),
                Encoding.MSGPACK);
        member.serve(arguments[1], call -> member.answer(call, result));
    }
}
