package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** The buckets behind containers, for one call. Thread-safe. */
final class Buckets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]*");
    private static final Pattern ENDS = Pattern.compile("[a-z0-9].*[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final String WITHOUT_LOCATION = "us-east-1";

    private final S3Call s3;
    private final ContainerNames names;
    private final Emptying emptying;
    private final ServerSettings server;

    Buckets(S3Call s3, S3Settings settings) {
        this.s3 = s3;
        this.names = settings.containers();
        this.emptying = new Emptying(s3, new StoredObjects(s3, settings));
        this.server = settings.server();
    }

    CompletionStage<Boolean> exists(String container) {
        String bucket = names.bucket(container);
        return s3.send(client -> client.headBucket(request -> request.bucket(bucket)))
                .handle((answer, failure) -> {
                    if (failure != null && Failures.status(failure) != 404) {
                        throw s3.explained("look for Bucket(%s)".formatted(container), failure);
                    }
                    return failure == null;
                });
    }

    CompletionStage<Void> create(String container) {
        return exists(container)
                .exceptionallyCompose(failure -> {
                    checkName(container, names.bucket(container)); // an impossible name is refused in many ways
                    return CompletableFuture.failedFuture(failure);
                })
                .thenCompose(there -> there ? CompletableFuture.completedFuture(null) : createNew(container));
    }

    private CompletionStage<Void> createNew(String container) {
        String bucket = names.bucket(container);
        checkName(container, bucket);
        boolean located = !server.region().equals(WITHOUT_LOCATION);
        return create(bucket, located)
                .exceptionallyCompose(failure -> located && refusesLocation(failure)
                        ? create(bucket, false)
                        : CompletableFuture.failedFuture(failure))
                .exceptionally(failure -> {
                    if (Failures.code(failure).equals("BucketAlreadyOwnedByYou")) {
                        return null; // somebody was faster
                    }
                    throw s3.explained("create Bucket(%s)".formatted(container), failure);
                });
    }

    private CompletionStage<Void> create(String bucket, boolean located) {
        return s3.send(client -> client.createBucket(request -> {
                    request.bucket(bucket);
                    if (located) {
                        request.createBucketConfiguration(CreateBucketConfiguration.builder()
                                .locationConstraint(server.region())
                                .build());
                    }
                }))
                .thenApply(created -> null);
    }

    /** Servers other than that of AWS have one region, and may call it anything. */
    private boolean refusesLocation(Throwable failure) {
        return server.endpoint().isPresent() && Failures.code(failure).contains("LocationConstraint");
    }

    /**
     * The rules that all of S3 agrees on.
     *
     * @throws RpcException in the words of the provider in Rust
     */
    private static void checkName(String container, String bucket) {
        String reason = null;
        if (bucket.length() < 3 || bucket.length() > 63) {
            reason = "bucket names must be between 3 and 63 characters long";
        } else if (!NAME.matcher(bucket).matches()) {
            reason = "bucket names can consist only of lowercase letters, numbers, dots (.), and hyphens (-)";
        } else if (!ENDS.matcher(bucket).matches()) {
            reason = "bucket names must begin and end with a letter or number";
        } else if (bucket.contains("..")) {
            reason = "bucket names must not contain two adjacent dots";
        } else if (IP_ADDRESS.matcher(bucket).matches()) {
            reason = "bucket names must not be formatted as IP addresses";
        }
        if (reason != null) {
            throw RpcException.invalidArgument("Invalid bucket name Bucket(%s): %s".formatted(container, reason));
        }
    }

    CompletionStage<List<Bucket>> list() {
        return list(new ArrayList<>(), Optional.empty());
    }

    private CompletionStage<List<Bucket>> list(List<Bucket> found, Optional<String> token) {
        return s3.<ListBucketsResponse>send(
                        "list buckets",
                        client -> client.listBuckets(request -> token.ifPresent(request::continuationToken)))
                .thenCompose(page -> {
                    found.addAll(page.buckets());
                    Optional<String> next = Optional.ofNullable(page.continuationToken())
                            .filter(text -> !text.isEmpty() && !token.equals(Optional.of(text)));
                    return next.isPresent() && !page.buckets().isEmpty()
                            ? list(found, next)
                            : CompletableFuture.completedFuture(found);
                });
    }

    /** Removes buckets with all that is in them, one after the other; gives those that could not be removed. */
    CompletionStage<List<NotRemoved>> remove(List<String> containers) {
        List<NotRemoved> failures = new ArrayList<>();
        CompletionStage<?> done = CompletableFuture.completedFuture(null);
        for (String container : containers) {
            done = done.thenCompose(before -> remove(container)).handle((removed, failure) -> {
                if (failure != null) {
                    RpcException why = s3.explained("remove Bucket(%s)".formatted(container), failure);
                    failures.add(new NotRemoved(container, String.valueOf(why.getMessage())));
                }
                return null;
            });
        }
        return done.thenApply(end -> failures);
    }

    private CompletionStage<Void> remove(String container) {
        try {
            return emptying.removeWithContent(names.bucket(container));
        } catch (RpcException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
