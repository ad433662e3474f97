package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** What one call does with objects as a whole. Thread-safe. */
final class StoredObjects {
    private static final int BATCH = 1000;

    private final S3Call s3;
    private final ContainerNames names;
    private final NetworkSettings network;

    StoredObjects(S3Call s3, S3Settings settings) {
        this.s3 = s3;
        this.names = settings.containers();
        this.network = settings.network();
    }

    /** How failures name an object: as the actor does, whatever the bucket behind it is called. */
    static String named(String container, String object) {
        return "Bucket(%s) Object(%s)".formatted(container, object);
    }

    static RpcException notFound(String container, String object) {
        return RpcException.backend("Not found: " + named(container, object), null);
    }

    CompletionStage<Boolean> exists(ContainerObject object) {
        return head(object).handle((answer, failure) -> {
            if (failure != null && Failures.status(failure) != 404) {
                throw s3.explained("look for " + named(object.containerId(), object.objectId()), failure);
            }
            return failure == null;
        });
    }

    CompletionStage<ObjectMetadata> info(ContainerObject object) {
        return head(object).handle((answer, failure) -> {
            if (failure == null) {
                return metadata(object, answer);
            }
            if (Failures.status(failure) == 404) {
                throw notFound(object.containerId(), object.objectId());
            }
            throw s3.explained("get_object_metadata for " + named(object.containerId(), object.objectId()), failure);
        });
    }

    private CompletionStage<HeadObjectResponse> head(ContainerObject object) {
        String bucket = names.bucket(object.containerId());
        checkName(object.objectId());
        return s3.send(
                client -> client.headObject(request -> request.bucket(bucket).key(object.objectId())));
    }

    /** The only name that S3 cannot take and the client does not send. */
    static void checkName(String object) {
        if (object.isEmpty()) {
            throw RpcException.invalidArgument("the name of the object is empty");
        }
    }

    private static ObjectMetadata metadata(ContainerObject object, HeadObjectResponse head) {
        return new ObjectMetadata(
                object.objectId(),
                object.containerId(),
                head.contentLength() == null ? 0 : head.contentLength(),
                Optional.ofNullable(head.lastModified()),
                present(head.contentType()),
                contentEncoding(head.contentEncoding()));
    }

    static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    /** The encoding without that of the transfer, which some servers keep and give back. */
    static Optional<String> contentEncoding(@Nullable String header) {
        return present(header)
                .map(text -> text.replaceFirst("^aws-chunked\\s*(,\\s*)?", "").replaceFirst(",\\s*aws-chunked$", ""))
                .filter(text -> !text.isEmpty());
    }

    CompletionStage<List<ItemResult>> remove(RemoveObjectsRequest request) {
        String bucket = names.bucket(request.containerId());
        List<ItemResult> failures = new ArrayList<>();
        List<String> keys = new ArrayList<>(request.objects());
        keys.removeIf(key -> {
            if (key.isEmpty()) {
                failures.add(new ItemResult(key, false, Optional.of("the name of the object is empty")));
            }
            return key.isEmpty();
        });
        CompletionStage<?> done = CompletableFuture.completedFuture(null);
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<ObjectIdentifier> batch = keys.subList(from, Math.min(keys.size(), from + BATCH)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            done = done.thenCompose(before -> removeBatch(bucket, batch))
                    .thenAccept(errors -> errors.forEach(error -> failures.add(
                            new ItemResult(String.valueOf(error.key()), false, Optional.of(text(error))))));
        }
        return done.handle((end, failure) -> {
            if (failure != null) {
                throw s3.explained("remove objects of Bucket(%s)".formatted(request.containerId()), failure);
            }
            return failures;
        });
    }

    /** Removes up to 1,000 objects, and gives those that could not be. */
    CompletionStage<List<S3Error>> removeBatch(String bucket, List<ObjectIdentifier> objects) {
        List<ObjectIdentifier> together =
                objects.stream().filter(object -> XmlText.canHold(object.key())).toList();
        CompletionStage<List<S3Error>> errors = removeTogether(bucket, together);
        for (ObjectIdentifier object : objects) {
            if (!XmlText.canHold(object.key())) {
                errors = errors.thenCombine(removeAlone(bucket, object), StoredObjects::joined);
            }
        }
        return errors;
    }

    private CompletionStage<List<S3Error>> removeTogether(String bucket, List<ObjectIdentifier> objects) {
        if (objects.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return s3.<DeleteObjectsResponse>send(client -> client.deleteObjects(request -> request.bucket(bucket)
                        .delete(delete -> delete.objects(objects).quiet(true))
                        .overrideConfiguration(call ->
                                call.apiCallTimeout(network.requestTimeout().multipliedBy(2)))))
                .thenApply(DeleteObjectsResponse::errors);
    }

    /** One whose name a list in XML cannot hold. */
    private CompletionStage<List<S3Error>> removeAlone(String bucket, ObjectIdentifier object) {
        return s3.send(client -> client.deleteObject(
                        request -> request.bucket(bucket).key(object.key()).versionId(object.versionId())))
                .handle((removed, failure) -> {
                    if (failure == null) {
                        return List.of();
                    }
                    if (Failures.status(failure) == 0) {
                        throw new CompletionException(Causes.unwrap(failure));
                    }
                    return List.of(S3Error.builder()
                            .key(object.key())
                            .code(Failures.reason(failure))
                            .build());
                });
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    static String text(S3Error error) {
        return error.message() == null ? String.valueOf(error.code()) : error.code() + ": " + error.message();
    }
}
