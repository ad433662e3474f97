package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives a file, or the range of it that is asked for, in one response. Thread-safe. */
record FileDownload(FileStore store, String name) {
    /** Somebody else may have made the file: it gets no rights of this page, and is not shown in its place. */
    private static final Map<String, String> HARMLESS = Map.of(
            "content-security-policy",
            "sandbox; default-src 'none'; frame-ancestors 'none'",
            "content-disposition",
            "attachment",
            "accept-ranges",
            "bytes");

    CompletionStage<HttpResponse> get(HttpRequest request) {
        ByteRange whole = new ByteRange(0, FileStore.LARGEST_AT_ONCE - 1);
        Optional<ByteRange> range = ByteRange.of(request);
        return read(range.orElse(whole))
                .thenCompose(object -> range.isPresent()
                        ? CompletableFuture.completedFuture(part(range.get(), object))
                        : whole(object))
                .exceptionallyCompose(
                        failure -> store.ifThere(name, () -> CompletableFuture.failedFuture(Causes.unwrap(failure))));
    }

    private CompletionStage<GetObjectResponse> read(ByteRange range) {
        return store.blobstore()
                .getObject(new GetObjectRequest(
                        name, FileStore.CONTAINER, Optional.of(range.first()), Optional.of(range.last())))
                .thenApply(object -> {
                    chunk(object);
                    return object;
                });
    }

    private static Chunk chunk(GetObjectResponse object) {
        return object.initialChunk()
                .filter(Chunk::isLast)
                .orElseThrow(() -> RpcException.of(
                        RpcException.Code.REMOTE,
                        object.error().orElse("the provider gives less at once than this actor asks for")));
    }

    /** All of it, unless there may be more than what was asked for. */
    private CompletionStage<HttpResponse> whole(GetObjectResponse object) {
        HttpResponse response = response(200, object);
        if (response.body().size() < FileStore.LARGEST_AT_ONCE) {
            return CompletableFuture.completedFuture(response);
        }
        return store.blobstore().getObjectInfo(FileStore.object(name)).thenApply(file -> {
            if (file.contentLength() > FileStore.LARGEST_AT_ONCE) {
                throw new Refusal(
                        413,
                        "this file has %d bytes, and one response at most %d: ask for ranges of it, as in curl -r 0-%d"
                                .formatted(
                                        file.contentLength(),
                                        FileStore.LARGEST_AT_ONCE,
                                        FileStore.LARGEST_AT_ONCE - 1));
            }
            return response;
        });
    }

    private HttpResponse part(ByteRange range, GetObjectResponse object) {
        int size = chunk(object).bytes().size();
        if (size == 0) {
            throw new Refusal(416, "the file ends before this range");
        }
        // how large the whole is, S3 was not asked
        String where = "bytes %d-%d/*".formatted(range.first(), range.first() + size - 1);
        return Answers.with(response(206, object), Map.of("content-range", where));
    }

    private HttpResponse response(int status, GetObjectResponse object) {
        Map<String, String> headers = new LinkedHashMap<>(HARMLESS);
        headers.put("cache-control", "no-store");
        String type = object.contentType().orElse(FileStore.UNKNOWN_TYPE);
        return Answers.with(Answers.content(status, type, chunk(object).bytes()), headers);
    }
}
