package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code GetObject} with messages made beforehand, of 896 KiB each and sent when the one before is answered: what
 * the messages alone allow, without S3, hashes and signatures.
 */
public final class ChunkSource {
    private static final int OBJECT = 64 << 20;
    private static final int CHUNK = 896 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection nats;
    private final String actor;
    private final byte[] first;
    private final List<byte[]> others = new ArrayList<>();

    private ChunkSource(Connection nats, String actor) {
        this.nats = nats;
        this.actor = actor;
        GetObjectResponse response = new GetObjectResponse(
                true, Optional.empty(), Optional.of(chunk(0)), OBJECT, Optional.empty(), Optional.empty());
        Bytes result = GetObjectResponse.CODEC.encode(response, Encoding.MSGPACK);
        first = InvocationResponse.CODEC
                .encode(InvocationResponse.of("", result), Encoding.MSGPACK)
                .toByteArray();
        for (int offset = CHUNK; offset < OBJECT; offset += CHUNK) {
            others.add(message(Chunk.CODEC.encode(chunk(offset), Encoding.MSGPACK)));
        }
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, the actor's subject
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        ChunkSource source = new ChunkSource(member.nats(), arguments[2]);
        ExecutorService transfers = Executors.newSingleThreadExecutor();
        member.serve(arguments[1], call -> transfers.execute(() -> source.send(call)));
    }

    private void send(Message call) {
        try {
            nats.publish(call.getReplyTo(), first);
            for (byte[] message : others) {
                if (nats.request(actor, message, PATIENCE) == null) {
                    throw new IllegalStateException("a chunk was not answered");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Chunk chunk(int offset) {
        int size = Math.min(CHUNK, OBJECT - offset);
        return new Chunk("large", "benchmark", Bytes.wrap(new byte[size]), offset, offset + size == OBJECT);
    }

    private static byte[] message(Bytes argument) {
        Entity nobody = new Entity("", "", "");
        Invocation invocation = new Invocation(
                nobody,
                nobody,
                "ChunkReceiver.ReceiveChunk",
                argument,
                "",
                "",
                "",
                Optional.of((long) argument.size()),
                Optional.empty());
        return Invocation.CODEC.encode(invocation, Encoding.MSGPACK).toByteArray();
    }
}
