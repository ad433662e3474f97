package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import io.nats.client.Connection;
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
        Connection nats = member.nats();
        Bytes result = HttpResponse.CODEC.encode(
                new HttpResponse(200, Map.of("content-type", List.of("text/plain")), Bytes.utf8(BODY)),
                Encoding.MSGPACK);
        member.serve(arguments[1], message -> {
            String id = Invocation.CODEC
                    .decode(Bytes.wrap(message.getData()), Encoding.MSGPACK)
                    .id();
            InvocationResponse response = InvocationResponse.of(id, result);
            nats.publish(
                    message.getReplyTo(),
                    InvocationResponse.CODEC.encode(response, Encoding.MSGPACK).toByteArray());
        });
    }
}
