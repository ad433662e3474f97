package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.support.Causes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instances of this provider, each of which may get any chunk of an upload that only one of them has: the id of an upload
 * names its owner, and whoever else gets a chunk hands it over.
 *
 * <p>Thread-safe.
 */
final class Instances {
    private static final Pattern ID = Pattern.compile("([A-Za-z0-9]{1,32})\\.[0-9a-f-]{36}");

    private final @Nullable Link link;
    private final CallOptions options;

    private Instances(@Nullable Link link, Duration patience) {
        this.link = link;
        options = CallOptions.DEFAULT.within(patience);
    }

    /** The instances that serve a link, which have some time for a chunk: they may store a part in S3 first. */
    static Instances of(Link link, S3Settings settings) {
        return new Instances(link, settings.network().requestTimeout().multipliedBy(2));
    }

    /** No others. */
    static Instances alone() {
        return new Instances(null, Duration.ZERO);
    }

    /** An id for an upload that begins here. */
    String newId() {
        String id = UUID.randomUUID().toString();
        return link == null ? id : link.instance() + "." + id;
    }

    /** The other instance that began an upload; empty when that is this one, or the id is none of ours. */
    Optional<String> otherOwner(String id) {
        Matcher matcher = ID.matcher(id);
        return link != null && matcher.matches() && !matcher.group(1).equals(link.instance())
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    /** Has the owner take a chunk; fails at once when it is gone. */
    CompletionStage<Void> handOver(String owner, PutChunkRequest request) {
        Link here = link;
        if (here == null) {
            throw new IllegalStateException("there are no others");
        }
        Blobstore there = here.at(
                owner,
                BlobstoreContract.INSTANCE,
                options.counted(request.chunk().bytes().size()));
        return there.putChunk(request).exceptionallyCompose(failure -> refused(request, Causes.unwrap(failure)));
    }

    private static CompletionStage<Void> refused(PutChunkRequest request, Throwable failure) {
        if (!(failure instanceof RpcException e && e.code() == Code.UNREACHABLE)) {
            return CompletableFuture.failedFuture(failure);
        }
        if (request.cancelAndRemove()) {
            return CompletableFuture.completedFuture(null); // nobody goes on with it
        }
        return CompletableFuture.failedFuture(RpcException.backend(
                "the upload of %s is lost: the instance of the provider that began it has ended; begin again with PutObject"
                        .formatted(ObjectName.text(
                                request.chunk().containerId(), request.chunk().objectId())),
                failure));
    }
}
