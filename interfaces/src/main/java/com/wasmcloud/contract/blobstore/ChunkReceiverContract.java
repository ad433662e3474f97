package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;

/** The table of the service that actors have in {@code wasmcloud:blobstore}. */
public final class ChunkReceiverContract {
    private static final Operation<ChunkReceiver, Chunk, ChunkResponse> RECEIVE_CHUNK =
            Operation.of("ChunkReceiver.ReceiveChunk", Chunk.CODEC, ChunkResponse.CODEC, ChunkReceiver::receiveChunk);

    /** The contract, for serving and for calling it. */
    public static final Contract<ChunkReceiver> INSTANCE = Contract.<ChunkReceiver>named("wasmcloud:blobstore")
            .operation(RECEIVE_CHUNK)
            .sniffed()
            .stubbedBy(caller -> chunk -> RECEIVE_CHUNK.call(caller, chunk));

    private ChunkReceiverContract() {}
}
