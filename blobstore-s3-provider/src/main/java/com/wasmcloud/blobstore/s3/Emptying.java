package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Removes buckets for one call, and all that is in them: objects, their old versions, uploads that were never completed.
 * Thread-safe.
 */
final class Emptying {
    private final S3Call s3;
    private final StoredObjects objects;

    Emptying(S3Call s3, StoredObjects objects) {
        this.s3 = s3;
        this.objects = objects;
    }

    /** Fails as the client reports it, or with the first object that could not be removed. */
    CompletionStage<Void> removeWithContent(String bucket) {
        return removeObjects(bucket)
                .thenCompose(empty -> removeBucket(bucket))
                .exceptionallyCompose(failure -> Failures.code(failure).equals("BucketNotEmpty")
                        ? removeVersions(bucket)
                                .thenCompose(empty -> abortUploads(bucket))
                                .thenCompose(empty -> removeBucket(bucket))
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletionStage<Void> removeBucket(String bucket) {
        return s3.send(client -> client.deleteBucket(request -> request.bucket(bucket)))
                .thenApply(removed -> null);
    }

    /** Lists from the start each time, for what was listed before is gone. */
    private CompletionStage<Void> removeObjects(String bucket) {
        return s3.<ListObjectsV2Response>send(client ->
                        client.listObjectsV2(request -> request.bucket(bucket).encodingType(EncodingType.URL)))
                .thenCompose(page -> removeAll(
                                bucket,
                                page.contents().stream()
                                        .map(object -> ObjectIdentifier.builder()
                                                .key(object.key())
                                                .build())
                                        .toList())
                        .thenCompose(done -> more(page.isTruncated()) && page.hasContents()
                                ? removeObjects(bucket)
                                : CompletableFuture.completedFuture(null)));
    }

    private CompletionStage<Void> removeVersions(String bucket) {
        return s3.<ListObjectVersionsResponse>send(client -> client.listObjectVersions(
                        request -> request.bucket(bucket).encodingType(EncodingType.URL)))
                .thenCompose(page -> {
                    List<ObjectIdentifier> found = new ArrayList<>();
                    page.versions().forEach(version -> found.add(identifier(version.key(), version.versionId())));
                    page.deleteMarkers().forEach(marker -> found.add(identifier(marker.key(), marker.versionId())));
                    return removeAll(bucket, found)
                            .thenCompose(done -> more(page.isTruncated()) && !found.isEmpty()
                                    ? removeVersions(bucket)
                                    : CompletableFuture.completedFuture(null));
                });
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    private CompletionStage<Void> removeAll(String bucket, List<ObjectIdentifier> found) {
        return objects.removeBatch(bucket, found).thenApply(errors -> {
            errors.stream().findFirst().ifPresent(error -> {
                throw RpcException.backend(
                        "cannot remove Object(%s): %s".formatted(error.key(), StoredObjects.text(error)), null);
            });
            return null;
        });
    }

    private CompletionStage<Void> abortUploads(String bucket) {
        return s3.<ListMultipartUploadsResponse>send(client -> client.listMultipartUploads(
                        request -> request.bucket(bucket).encodingType(EncodingType.URL)))
                .thenCompose(page -> {
                    CompletionStage<?> done = CompletableFuture.completedFuture(null);
                    for (MultipartUpload upload : page.uploads()) {
                        done = done.thenCompose(before -> s3.send(client -> client.abortMultipartUpload(request ->
                                request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))));
                    }
                    return done.thenCompose(aborted -> more(page.isTruncated()) && page.hasUploads()
                            ? abortUploads(bucket)
                            : CompletableFuture.completedFuture(null));
                });
    }

    private static boolean more(Boolean truncated) {
        return Boolean.TRUE.equals(truncated);
    }
}
