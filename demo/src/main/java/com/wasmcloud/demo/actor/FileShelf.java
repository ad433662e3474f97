package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ListObjectsResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what is sent to it under a name, in a blob store. Thread-safe. */
record FileShelf(FileStore store) {
    private static final long LISTED = 200;
    private static final ListObjectsResponse NO_FILES = new ListObjectsResponse(List.of(), true, Optional.empty());

    CompletionStage<HttpResponse> handle(HttpRequest request, String name) {
        return switch (request.method()) {
            case "PUT" -> new FileUpload(store, name).put(request);
            case "GET", "HEAD" -> new FileDownload(store, name).get(request);
            case "DELETE" ->
                Requests.parameter(request, "upload")
                        .map(upload -> new FileUpload(store, name).cancel(upload))
                        .orElseGet(() -> store.ifThere(name, () -> delete(name)));
            default -> answered(Answers.error(405, "a file can be sent with PUT, GET and DELETE"));
        };
    }

    /** The files, in order of their names. */
    CompletionStage<HttpResponse> list(HttpRequest request) {
        ListObjectsRequest files = new ListObjectsRequest(
                FileStore.CONTAINER,
                Optional.empty(),
                Requests.parameter(request, "continue"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(LISTED));
        return store.blobstore()
                .containerExists(FileStore.CONTAINER)
                .thenCompose(there ->
                        there ? store.blobstore().listObjects(files) : CompletableFuture.completedFuture(NO_FILES))
                .thenApply(FileShelf::listed);
    }

    private static HttpResponse listed(ListObjectsResponse files) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("files", files.objects().stream().map(FileShelf::json).toList());
        if (!files.isLast()) {
            files.continuation().ifPresent(token -> answer.put("continue", token));
        }
        return Answers.json(200, answer);
    }

    private static Map<String, Object> json(ObjectMetadata file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", file.objectId());
        json.put("bytes", file.contentLength());
        file.lastModified().ifPresent(time -> json.put("modified", time.toString()));
        return json;
    }

    private CompletionStage<HttpResponse> delete(String name) {
        return store.blobstore()
                .removeObjects(new RemoveObjectsRequest(FileStore.CONTAINER, List.of(name)))
                .thenApply(failures -> {
                    if (!failures.isEmpty()) {
                        return Answers.error(503, reason(failures.get(0)));
                    }
                    store.log().info("removed " + name);
                    return Answers.json(200, Map.of("removed", name));
                });
    }

    private static String reason(ItemResult failure) {
        return failure.error().orElse("the file could not be removed");
    }

    private static CompletionStage<HttpResponse> answered(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
