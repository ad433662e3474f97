package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes a file, as the body of one request or in pieces. The actor remembers nothing between two pieces: the response to the
 * first one names the upload, and the client names it in the requests with the others. Thread-safe.
 */
record FileUpload(FileStore store, String name) {
    CompletionStage<HttpResponse> put(HttpRequest request) {
        if (request.body().size() > FileStore.LARGEST_AT_ONCE) {
            throw new Refusal(
                    413,
                    "a file has at most %d bytes here, unless it is sent in pieces, with Content-Range"
                            .formatted(FileStore.LARGEST_AT_ONCE));
        }
        return Piece.of(request).map(piece -> take(piece, request)).orElseGet(() -> takeWhole(request));
    }

    private CompletionStage<HttpResponse> takeWhole(HttpRequest request) {
        return begin(request, true).thenApply(begun -> stored(request.body().size(), type(request)));
    }

    private CompletionStage<HttpResponse> take(Piece piece, HttpRequest request) {
        if (piece.isFirst()) {
            return begin(request, piece.isLast())
                    .thenApply(begun -> answer(piece, request, begun.streamId().orElse("")));
        }
        String upload = Requests.parameter(request, "upload")
                .orElseThrow(() -> new Refusal(
                        400, "a piece that is not the first one needs ?upload=…, from the response to the first one"));
        Chunk chunk = FileStore.chunk(name, request.body(), piece.first(), piece.isLast());
        return store.blobstore()
                .putChunk(new PutChunkRequest(chunk, Optional.of(upload), false))
                .thenApply(taken -> answer(piece, request, upload));
    }

    private CompletionStage<PutObjectResponse> begin(HttpRequest request, boolean isWhole) {
        Chunk chunk = FileStore.chunk(name, request.body(), 0, isWhole);
        return store.blobstore().createContainer(FileStore.CONTAINER).thenCompose(there -> store.blobstore()
                .putObject(new PutObjectRequest(chunk, Optional.of(type(request)), Optional.empty())));
    }

    private HttpResponse answer(Piece piece, HttpRequest request, String upload) {
        return piece.isLast()
                ? stored(piece.total(), type(request))
                : Answers.json(202, begun(upload, piece.last() + 1));
    }

    private static Map<String, Object> begun(String upload, long next) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("upload", upload);
        answer.put("next", next);
        return answer;
    }

    private HttpResponse stored(long size, String type) {
        store.log().info("stored %s, %d bytes of %s".formatted(name, size, type));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("stored", name);
        answer.put("bytes", size);
        return Answers.json(201, answer);
    }

    /** Gives up an upload that has begun. */
    CompletionStage<HttpResponse> cancel(String upload) {
        Chunk nothing = FileStore.chunk(name, Bytes.EMPTY, 0, false);
        return store.blobstore()
                .putChunk(new PutChunkRequest(nothing, Optional.of(upload), true))
                .thenApply(cancelled -> {
                    store.log().info("gave up the upload of " + name);
                    return Answers.json(200, Map.of("cancelled", name));
                });
    }

    private static String type(HttpRequest request) {
        return Requests.header(request, "content-type").orElse(FileStore.UNKNOWN_TYPE);
    }
}
