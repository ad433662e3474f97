package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** What one call does with objects as a whole. Thread-safe. */
final class StoredObjects {
    private static final int BATCH = 1000;

    private final S3Call s3;
    private final S3Settings settings;

    StoredObjects(S3Call s3, S3Settings settings) {
        this.s3 = s3;
        this.settings = settings;
    }

    private static RpcException notFound(ObjectName object) {
        return RpcException.backend("Not found: " + object, null);
    }

    CompletionStage<Boolean> exists(ObjectName object) {
        return head(object).handle((answer, failure) -> {
            if (failure != null && Failures.status(failure) != 404) {
                throw s3.explained("look for " + object, failure);
            }
            return failure == null;
        });
    }

    CompletionStage<ObjectInfo> info(ObjectName object) {
        return head(object).handle((answer, failure) -> {
            if (failure == null) {
                return ObjectInfo.of(answer);
            }
            throw Failures.status(failure) == 404
                    ? notFound(object)
                    : s3.explained("get_object_metadata for " + object, failure);
        });
    }

    private CompletionStage<HeadObjectResponse> head(ObjectName object) {
        return s3.send(client ->
                client.headObject(request -> request.bucket(object.bucket()).key(object.key())));
    }

    /** Begins to read an object or a part of it, which may have no bytes. The caller reads the stream or cancels it. */
    CompletionStage<ObjectStream> read(ObjectName object, ByteRange range) {
        if (range.isEmpty()) {
            return nothing(object);
        }
        CompletionStage<ObjectReceiver.Answer> answer = s3.send(client -> client.getObject(
                get -> {
                    get.bucket(object.bucket()).key(object.key());
                    if (!range.isWhole()) {
                        get.range(range.header());
                    } else if (settings.server().checksums()) { // a part has none of its own
                        get.checksumMode(ChecksumMode.ENABLED);
                    }
                },
                new ObjectReceiver()));
        return answer.thenApply(found -> checked(object, range, found)).exceptionallyCompose(failure -> {
            if (Failures.status(failure) == 416) {
                return nothing(object);
            }
            return CompletableFuture.failedFuture(
                    Failures.status(failure) == 404 ? notFound(object) : s3.explained("get " + object, failure));
        });
    }

    /** A part that has no bytes, of an object that must be there all the same. */
    private CompletionStage<ObjectStream> nothing(ObjectName object) {
        return info(object).thenApply(ObjectStream::empty);
    }

    private static ObjectStream checked(ObjectName object, ByteRange range, ObjectReceiver.Answer answer) {
        boolean asWanted =
                range.isWhole() || String.valueOf(answer.head().contentRange()).startsWith(range.answer());
        String problem = asWanted ? "S3 does not tell its size" : "S3 gives another range";
        if (asWanted && answer.content().info().length() >= 0) {
            return answer.content();
        }
        answer.content().cancel(problem);
        throw RpcException.backend("cannot get %s: %s".formatted(object, problem), null);
    }

    /** Removes objects, and gives those that could not be. */
    CompletionStage<List<NotRemoved>> remove(String container, List<String> objects) {
        String bucket = settings.containers().bucket(container);
        List<NotRemoved> failures = new ArrayList<>();
        List<String> keys = new ArrayList<>(objects);
        keys.removeIf(key -> {
            if (key.isEmpty()) {
                failures.add(new NotRemoved(key, "the name of the object is empty"));
            }
            return key.isEmpty();
        });
        CompletionStage<?> done = CompletableFuture.completedFuture(null);
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<ObjectIdentifier> batch = keys.subList(from, Math.min(keys.size(), from + BATCH)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            done = done.thenCompose(before -> removeBatch(bucket, batch))
                    .thenAccept(errors -> errors.forEach(
                            error -> failures.add(new NotRemoved(String.valueOf(error.key()), text(error)))));
        }
        return done.handle((end, failure) -> {
            if (failure != null) {
                throw s3.explained("remove objects of Bucket(%s)".formatted(container), failure);
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
                        .overrideConfiguration(call -> call.apiCallTimeout(
                                settings.network().requestTimeout().multipliedBy(2)))))
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
