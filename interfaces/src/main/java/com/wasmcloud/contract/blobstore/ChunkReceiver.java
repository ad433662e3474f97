package com.wasmcloud.contract.blobstore;

import java.util.concurrent.CompletionStage;

/**
 * The other half of {@code wasmcloud:blobstore}: what an actor serves to get the rest of an object. See
 * {@link com.wasmcloud.contract.rpc.Caller} for threads.
 */
public interface ChunkReceiver {
    /** Takes the next piece of an object that the actor asked for. */
    CompletionStage<ChunkResponse> receiveChunk(Chunk chunk);
}
