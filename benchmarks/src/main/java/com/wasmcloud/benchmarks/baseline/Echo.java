package com.wasmcloud.benchmarks.baseline;

import io.nats.client.Connection;
import java.io.IOException;

/** Sends every message back as it came: what the messages alone cost. */
public final class Echo {
    private Echo() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        Connection nats = member.nats();
        member.serve(arguments[1], message -> nats.publish(message.getReplyTo(), message.getData()));
    }
}
