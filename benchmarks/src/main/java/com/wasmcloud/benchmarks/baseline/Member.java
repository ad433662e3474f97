package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What every baseline program does on the lattice: takes calls, says that it is healthy, and ends when it is told to. */
final class Member {
    private static final byte[] HEALTHY = "\u0081\u00a7healthy\u00c3".getBytes(StandardCharsets.ISO_8859_1);

    private final Connection nats;

    /** Connects. */
    Member(String natsUrl) throws IOException, InterruptedException {
        nats = Nats.connect(natsUrl);
    }

    Connection nats() {
        return nats;
    }

    /** Subscribes; when this returns, the program is in service. */
    void serve(String subject, MessageHandler calls) {
        Dispatcher dispatcher = nats.createDispatcher();
        dispatcher.subscribe(subject, "rpc", calls);
        dispatcher.subscribe(subject + ".health", question -> nats.publish(question.getReplyTo(), HEALTHY));
        dispatcher.subscribe(subject + ".shutdown", this::end);
    }

    /** Answers a call with a result. */
    void answer(Message call, Bytes result) {
        String id = Invocation.CODEC
                .decode(Bytes.wrap(call.getData()), Encoding.MSGPACK)
                .id();
        Bytes reply = InvocationResponse.CODEC.encode(InvocationResponse.of(id, result), Encoding.MSGPACK);
        nats.publish(call.getReplyTo(), reply.toByteArray());
    }

    /** Ends the program, which could not be put into service. */
    static void fail(Throwable failure) {
        failure.printStackTrace(); // which the run shows
        Runtime.getRuntime().halt(1);
    }

    private void end(Message request) throws InterruptedException {
        nats.publish(request.getReplyTo(), "shutting down".getBytes(StandardCharsets.US_ASCII));
        nats.close();
        Runtime.getRuntime().halt(0);
    }
}
