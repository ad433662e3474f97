package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.baseline.PlainSdk;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Load;
import com.wasmcloud.benchmarks.candidate.Sample;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One caller that puts a large object over and over, in chunks of 896 KiB, each sent when the one before is answered. */
final class PutLargeLoad implements Load {
    private static final String CONTRACT = "wasmcloud:blobstore";

    private final Host host;
    private final Connection nats;
    private final String subject;
    private final Bytes content;
    private int calls = 1 << 20; // their ids are no others'

    private PutLargeLoad(Host host, String lattice, Bytes content) throws IOException, InterruptedException {
        this.host = host;
        this.content = content;
        nats = Transfers.connect(host);
        subject = host.subject(lattice);
    }

    /**
     * Connects, and puts an object in two chunks.
     *
     * @throws UnsupportedOperationException when only the first of them is stored
     */
    static PutLargeLoad open(Host host, String lattice, Bytes content) throws IOException, InterruptedException {
        PutLargeLoad load = new PutLargeLoad(host, lattice, content);
        int size = Transfers.CHUNK + 1;
        try {
            load.put("two-chunks", Bytes.wrap(content.array(), content.offset(), size));
        } catch (IllegalStateException e) {
            load.close();
            throw new UnsupportedOperationException("an object in chunks is refused", e);
        }
        GetObjectRequest request =
                new GetObjectRequest("two-chunks", PlainSdk.BUCKET, Optional.of(0L), Optional.of(0L));
        byte[] reply = load.call("Blobstore.GetObject", GetObjectRequest.CODEC.encode(request, Encoding.MSGPACK));
        if (Replies.decode(reply, GetObjectResponse.CODEC).contentLength() != 1) {
            load.close();
            throw new UnsupportedOperationException("an object in chunks is not stored");
        }
        return load;
    }

    @Override
    public Sample run(int callers, Duration duration) throws InterruptedException {
        Sample.Recorder latencies = new Sample.Recorder();
        long start = System.nanoTime();
        long now = start;
        do {
            long begin = now;
            put("put", content);
            now = System.nanoTime();
            latencies.add(now - begin);
        } while (now - start < duration.toNanos());
        return latencies.finish(Duration.ofNanos(now - start));
    }

    private void put(String key, Bytes whole) throws InterruptedException {
        PutObjectRequest first = new PutObjectRequest(chunk(key, whole, 0), Optional.empty(), Optional.empty());
        byte[] reply = call("Blobstore.PutObject", PutObjectRequest.CODEC.encode(first, Encoding.MSGPACK));
        Optional<String> streamId =
                Replies.decode(reply, PutObjectResponse.CODEC).streamId();
        for (int offset = Transfers.CHUNK; offset < whole.size(); offset += Transfers.CHUNK) {
            PutChunkRequest next = new PutChunkRequest(chunk(key, whole, offset), streamId, false);
            reply = call("Blobstore.PutChunk", PutChunkRequest.CODEC.encode(next, Encoding.MSGPACK));
            Replies.decode(reply, Codec.UNIT);
        }
    }

    private static Chunk chunk(String key, Bytes whole, int offset) {
        int size = Math.min(Transfers.CHUNK, whole.size() - offset);
        Bytes piece = Bytes.wrap(whole.array(), whole.offset() + offset, size);
        return new Chunk(key, PlainSdk.BUCKET, piece, offset, offset + size == whole.size());
    }

    private byte[] call(String operation, Bytes argument) throws InterruptedException {
        byte[] message = host.call(host.actor(), host.provider(CONTRACT), operation, calls++, argument);
        Message reply = nats.request(subject, message, Transfers.PATIENCE);
        if (reply == null) {
            throw new IllegalStateException(
                    operation + " was not answered within " + Transfers.PATIENCE.toSeconds() + " s");
        }
        return reply.getData();
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
