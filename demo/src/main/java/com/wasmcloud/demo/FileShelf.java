package com.wasmcloud.demo;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Keeps what is sent to it under a name, in a blob store. Thread-safe. */
record FileShelf(Blobstore blobstore, ActorLog log) {
    /** The container that all files are in. */
    static final String CONTAINER = "files";

    /** What a provider gives at once; more would have to be received in chunks. */
    private static final int LARGEST = 16 << 20;

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    CompletionStage<HttpResponse> handle(HttpRequest request, String name) {
        return switch (request.method()) {
            case "PUT" -> put(request, name);
            case "GET" -> ifThere(name, () -> get(name));
            case "DELETE" -> ifThere(name, () -> delete(name));
            default -> answered(Answers.error(405, "a file can be sent with PUT, GET and DELETE"));
        };
    }

    private CompletionStage<HttpResponse> put(HttpRequest request, String name) {
        int size = request.body().size();
        if (size > LARGEST) {
            return answered(Answers.error(413, "a file has at most %d bytes here".formatted(LARGEST)));
        }
        String type = request.header().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .orElse(UNKNOWN_TYPE);
        Chunk whole = new Chunk(name, CONTAINER, request.body(), 0, true);
        return blobstore
                .createContainer(CONTAINER)
                .thenCompose(
                        there -> blobstore.putObject(new PutObjectRequest(whole, Optional.of(type), Optional.empty())))
                .thenApply(stored -> {
                    log.info("stored %s, %d bytes of %s".formatted(name, size, type));
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put("stored", name);
                    answer.put("bytes", size);
                    return Answers.json(201, answer);
                });
    }

    private CompletionStage<HttpResponse> get(String name) {
        return blobstore
                .getObject(new GetObjectRequest(name, CONTAINER, Optional.empty(), Optional.empty()))
                .thenApply(object -> content(object)
                        .orElseGet(() -> Answers.error(
                                500, object.error().orElse("the file is too large to be given at once"))));
    }

    private static Optional<HttpResponse> content(GetObjectResponse object) {
        return object.initialChunk()
                .filter(Chunk::isLast)
                .map(chunk -> Answers.content(200, object.contentType().orElse(UNKNOWN_TYPE), chunk.bytes()));
    }

    private CompletionStage<HttpResponse> delete(String name) {
        return blobstore
                .removeObjects(new RemoveObjectsRequest(CONTAINER, List.of(name)))
                .thenApply(failures -> {
                    if (!failures.isEmpty()) {
                        return Answers.error(503, reason(failures.get(0)));
                    }
                    log.info("removed " + name);
                    return Answers.json(200, Map.of("removed", name));
                });
    }

    private CompletionStage<HttpResponse> ifThere(String name, Supplier<CompletionStage<HttpResponse>> then) {
        return blobstore
                .objectExists(new ContainerObject(CONTAINER, name))
                .thenCompose(there -> there ? then.get() : answered(missing(name)));
    }

    private HttpResponse missing(String name) {
        log.warn("asked for %s, which is not there".formatted(name));
        return Answers.error(404, "there is no file " + name);
    }

    private static String reason(ItemResult failure) {
        return failure.error().orElse("the file could not be removed");
    }

    private static CompletionStage<HttpResponse> answered(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
