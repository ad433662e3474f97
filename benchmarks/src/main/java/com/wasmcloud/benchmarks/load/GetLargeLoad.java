package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Load;
import com.wasmcloud.benchmarks.candidate.Sample;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One caller that gets a large object over and over: it asks for it, and answers the chunks that come. An object has come
 * when so many bytes have; not all providers mark the last chunk. All that arrives is taken by one thread.
 */
final class GetLargeLoad implements Load {
    private static final Bytes GO_ON = ChunkResponse.CODEC.encode(new ChunkResponse(false), Encoding.MSGPACK);

    private final Connection nats;
    private final String subject;
    private final String inbox;
    private final String lattice;
    private final byte[] call;
    private volatile @Nullable Transfer current;

    private GetLargeLoad(Host host, String lattice, byte[] call)
            throws IOException, InterruptedException, TimeoutException {
        nats = Transfers.connect(host);
        subject = host.subject(lattice);
        inbox = nats.createInbox();
        this.lattice = lattice;
        this.call = call;
        Dispatcher messages = nats.createDispatcher(message -> {});
        messages.subscribe(inbox, this::onReply);
        messages.subscribe(Transfers.actorSubject(host, lattice), this::onChunk);
        nats.flush(Transfers.PATIENCE);
    }

    /** Connects. */
    static GetLargeLoad open(Host host, String lattice, byte[] call) throws IOException, InterruptedException {
        try {
            return new GetLargeLoad(host, lattice, call);
        } catch (TimeoutException e) {
            throw new IllegalStateException("NATS does not answer", e);
        }
    }

    @Override
    public Sample run(int callers, Duration duration) throws InterruptedException {
        Sample.Recorder latencies = new Sample.Recorder();
        long start = System.nanoTime();
        long now = start;
        do {
            long begin = now;
            get();
            now = System.nanoTime();
            latencies.add(now - begin);
        } while (now - start < duration.toNanos());
        return latencies.finish(Duration.ofNanos(now - start));
    }

    private void get() throws InterruptedException {
        Transfer transfer = new Transfer();
        current = transfer;
        nats.publish(subject, inbox, call);
        try {
            transfer.done.get(Transfers.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a large object did not come: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "of a large object only %d bytes came within %d s"
                            .formatted(transfer.received, Transfers.PATIENCE.toSeconds()),
                    e);
        }
    }

    private void onReply(Message message) {
        Transfer transfer = current;
        if (transfer == null) {
            return;
        }
        try {
            GetObjectResponse response = Replies.decode(message.getData(), GetObjectResponse.CODEC, this::stored);
            transfer.expected = response.contentLength();
            response.initialChunk()
                    .ifPresent(chunk -> transfer.take(chunk.bytes().size()));
        } catch (RuntimeException e) {
            transfer.done.completeExceptionally(e);
        }
    }

    /** A result that is too large for a message, from the lattice's object store; removed there, as a host does. */
    private byte[] stored(String name) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try {
            ObjectStore bucket = nats.objectStore(lattice);
            bucket.get(name, result);
            bucket.delete(name);
        } catch (IOException | JetStreamApiException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the result " + name + " from the object store", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return result.toByteArray();
    }

    private void onChunk(Message message) {
        Invocation invocation = Invocation.CODEC.decode(Bytes.wrap(message.getData()), Encoding.MSGPACK);
        InvocationResponse response = InvocationResponse.of(invocation.id(), GO_ON);
        nats.publish(
                message.getReplyTo(),
                InvocationResponse.CODEC.encode(response, Encoding.MSGPACK).toByteArray());
        Transfer transfer = current;
        if (transfer != null) {
            transfer.take(Chunk.CODEC
                    .decode(invocation.msg(), Encoding.MSGPACK)
                    .bytes()
                    .size());
        }
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }

    /** An object on its way; all but {@code done} belongs to the thread that takes messages. */
    private static final class Transfer {
        final CompletableFuture<Boolean> done = new CompletableFuture<>();
        long expected = Transfers.LARGE;
        volatile long received;

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        void take(int size) {
            received += size;
            if (expected != Transfers.LARGE) {
                done.completeExceptionally(new IllegalStateException("%d bytes are announced".formatted(expected)));
            } else if (received >= expected) {
                done.complete(true);
            }
        }
    }
}
