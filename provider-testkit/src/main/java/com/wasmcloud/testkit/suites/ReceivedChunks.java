package com.wasmcloud.testkit.suites;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An actor's half of a download: keeps every chunk in the order of arrival, and answers as it was told. Thread-safe. */
final class ReceivedChunks implements ChunkReceiver {
    private enum Answer {
        MORE,
        ENOUGH,
        FAILURE
    }

    private final List<Chunk> chunks = new ArrayList<>();
    private Answer answer = Answer.MORE;

    @Override
    public synchronized CompletionStage<ChunkResponse> receiveChunk(Chunk chunk) {
        // what a chunk views may be a message that is read again
        chunks.add(new Chunk(
                chunk.objectId(),
                chunk.containerId(),
                Bytes.wrap(chunk.bytes().toByteArray()),
                chunk.offset(),
                chunk.isLast()));
        return switch (answer) {
            case MORE -> CompletableFuture.completedFuture(new ChunkResponse(false));
            case ENOUGH -> CompletableFuture.completedFuture(new ChunkResponse(true));
            case FAILURE ->
                CompletableFuture.failedFuture(RpcException.of(Code.BACKEND, "this actor fails for a test"));
        };
    }

    synchronized void forget() {
        chunks.clear();
        answer = Answer.MORE;
    }

    synchronized void wantNoMore() {
        answer = Answer.ENOUGH;
    }

    synchronized void fail() {
        answer = Answer.FAILURE;
    }

    synchronized void wantMore() {
        answer = Answer.MORE;
    }

    /** What has come of an object. */
    synchronized List<Chunk> of(String objectId) {
        return chunks.stream()
                .filter(chunk -> chunk.objectId().equals(objectId))
                .toList();
    }

    /**
     * Waits until the last chunk has come, and puts all together.
     *
     * @param length how many bytes there must be
     * @throws AssertionError when a chunk is missing, too many, out of order, of no bytes, or of another container
     */
    Bytes rest(Chunk first, long length) {
        if (!first.isLast()) {
            Await.until("the last chunk of " + first.objectId() + " has come", () -> of(first.objectId()).stream()
                    .anyMatch(Chunk::isLast));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first.bytes().toByteArray());
        boolean last = first.isLast();
        for (Chunk chunk : of(first.objectId())) {
            assertThat(last).as("a chunk after the last one").isFalse();
            assertThat(chunk.containerId()).isEqualTo(first.containerId());
            assertThat(chunk.bytes().isEmpty()).as("an empty chunk").isFalse();
            assertThat(chunk.offset()).isEqualTo(first.offset() + all.size());
            all.writeBytes(chunk.bytes().toByteArray());
            last = chunk.isLast();
        }
        assertThat(last).as("the end is marked").isTrue();
        assertThat((long) all.size()).isEqualTo(length);
        return Bytes.wrap(all.toByteArray());
    }
}
