package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.rpc.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object that comes in chunks. What comes is collected until it is large enough for a part; one part is on its way to S3
 * while the next one is collected. An object that never gets that large is stored in one request in the end.
 *
 * <p>Thread-safe: calls are done one after the other, in the order in which they come.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int MOST_PARTS = 10_000;

    private final Target target;
    /** One for the call that the current thread is serving. */
    private final Supplier<PartSender> senders;

    private final int partSize;
    private final Memory memory;
    private final Runnable whenClosed;

    // what follows is used by the step that runs only, or written under the lock
    private PartSender sender;
    private final List<CompletedPart> parts = new ArrayList<>();
    private Content collected = new Content();
    private List<Memory.Lease> leases = new ArrayList<>();
    private CompletionStage<?> sending = CompletableFuture.completedFuture(null);
    private @Nullable String uploadId;
    private int begun;
    private long received;

    private CompletionStage<?> steps = CompletableFuture.completedFuture(null);
    private volatile boolean open = true;
    private volatile long lastUsed = System.nanoTime();

    Upload(Target target, Supplier<PartSender> senders, int partSize, Memory memory, Runnable whenClosed) {
        this.target = target;
        this.senders = senders;
        this.sender = senders.get();
        this.partSize = partSize;
        this.memory = memory;
        this.whenClosed = whenClosed;
    }

    boolean isFor(String container, String object) {
        return target.container().equals(container) && target.object().equals(object);
    }

    boolean isOpen() {
        return open;
    }

    /** How long nothing has come. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** Takes the next chunk; with the last one, completes when S3 has the object. */
    CompletionStage<Void> accept(Chunk chunk) {
        return next(() -> {
            lastUsed = System.nanoTime();
            if (!open) {
                throw RpcException.invalidArgument("the upload of %s has ended".formatted(target));
            }
            if (chunk.offset() != received) {
                throw RpcException.invalidArgument("the chunk of %s begins at %s; the next one must begin at %d"
                        .formatted(target, Long.toUnsignedString(chunk.offset()), received));
            }
            return memory.reserve(chunk.bytes().size()).thenCompose(lease -> {
                leases.add(lease);
                collected.add(chunk.bytes());
                received += chunk.bytes().size();
                return chunk.isLast() ? finish() : sendWhenLargeEnough();
            });
        });
    }

    /** Gives the object up and removes what S3 has of it. */
    CompletionStage<Void> cancel() {
        return next(this::discard);
    }

    private CompletionStage<Void> next(Supplier<CompletionStage<Void>> step) {
        PartSender ofThisCall = senders.get();
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletionStage<?> before;
        synchronized (this) {
            before = steps;
            steps = done.handle((end, failure) -> null);
        }
        before.thenCompose(end -> {
                    sender = ofThisCall;
                    return step.get();
                })
                .whenComplete((end, failure) -> {
                    lastUsed = System.nanoTime();
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(Failures.cause(failure));
                    }
                });
        return done;
    }

    private CompletionStage<Void> sendWhenLargeEnough() {
        return collected.size() < partSize ? CompletableFuture.completedFuture(null) : orDiscard(this::sendPart);
    }

    /** Waits for the part before; this one is then on its way. */
    private CompletionStage<Void> sendPart() {
        if (begun == MOST_PARTS) {
            throw RpcException.invalidArgument(
                    "%s is too large for %d parts of %d bytes; raise part_size_bytes in the link"
                            .formatted(target, MOST_PARTS, partSize));
        }
        Content content = collected;
        List<Memory.Lease> held = leases;
        collected = new Content();
        leases = new ArrayList<>();
        int number = ++begun;
        return id().<Void>thenCompose(id -> sending.thenApply(before -> {
                    sending = sender.putPart(id, number, content)
                            .thenAccept(parts::add)
                            .whenComplete((done, failure) -> release(held));
                    return null;
                }))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        release(held);
                    }
                });
    }

    private CompletionStage<String> id() {
        return uploadId != null
                ? CompletableFuture.completedFuture(uploadId)
                : sender.create().thenApply(id -> {
                    uploadId = id;
                    return id;
                });
    }

    private CompletionStage<Void> finish() {
        return orDiscard(() -> {
                    if (begun == 0) {
                        return sender.putWhole(collected);
                    }
                    return (collected.size() == 0 ? CompletableFuture.<Void>completedFuture(null) : sendPart())
                            .thenCompose(sent -> sending)
                            .thenCompose(sent -> id())
                            .thenCompose(id -> sender.complete(id, List.copyOf(parts)));
                })
                .thenAccept(stored -> close());
    }

    /** After a failure nothing is left of an upload: which of its bytes S3 has is not known any more. */
    private CompletionStage<Void> orDiscard(Supplier<CompletionStage<Void>> step) {
        CompletionStage<Void> result;
        try {
            result = step.get();
        } catch (RpcException e) {
            result = CompletableFuture.failedFuture(e);
        }
        return result.exceptionallyCompose(
                failure -> discard().thenCompose(discarded -> CompletableFuture.failedFuture(Failures.cause(failure))));
    }

    private CompletionStage<Void> discard() {
        if (!open) {
            return CompletableFuture.completedFuture(null);
        }
        close();
        String id = uploadId;
        if (id == null) {
            return CompletableFuture.completedFuture(null);
        }
        return sending.handle((end, failure) -> null)
                .thenCompose(end -> sender.abort(id))
                .exceptionally(failure -> {
                    LOG.warn(
                            "{}; what S3 has of it stays until its rules for incomplete uploads remove it",
                            Failures.cause(failure).getMessage());
                    return null;
                });
    }

    private void close() {
        open = false;
        release(leases);
        leases = new ArrayList<>();
        collected = new Content();
        whenClosed.run();
    }

    private static void release(List<Memory.Lease> leases) {
        leases.forEach(Memory.Lease::close);
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
