package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.nio.ByteBuffer;
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
 * An object that is written piece by piece. What comes is collected until it is large enough for a part; one part is on its way to S3
 * while the next one is collected, if there is memory for both. An object that never gets that large is stored in one
 * request in the end.
 *
 * <p>Thread-safe: calls are done one after the other, in the order in which they come.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int MOST_PARTS = 10_000;
    /** What is not larger takes memory as it comes; what is larger takes it for a whole part. */
    private static final long SMALL = 1 << 20;

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final UploadTarget target;
    /** One for the call that the current thread is serving. */
    private final Supplier<PartSender> senders;

    private final int partSize;
    private final TransferMemory memory;
    private final Runnable whenClosed;

    // what follows is used by the step that runs only
    private PartSender sender;
    private final List<CompletedPart> parts = new ArrayList<>();
    private CollectedBytes collected = new CollectedBytes();
    /** For what is collected. */
    private List<Room> rooms = new ArrayList<>();
    /** Bytes that the room for a whole part has; 0 for a small upload. */
    private long partRoom;
    /** Whether the part that is being sent still has the room for what would be collected next. */
    private boolean roomIsInUse;

    private CompletionStage<?> sending = DONE;
    private @Nullable String uploadId;
    private int begun;
    private long received;

    private CompletionStage<?> steps = DONE;
    private volatile boolean open = true;
    private volatile long lastUsed = System.nanoTime();

    Upload(
            UploadTarget target,
            Supplier<PartSender> senders,
            int partSize,
            TransferMemory memory,
            Runnable whenClosed) {
        this.target = target;
        this.senders = senders;
        this.sender = senders.get();
        this.partSize = partSize;
        this.memory = memory;
        this.whenClosed = whenClosed;
    }

    /** What is written. */
    ObjectName object() {
        return target.object();
    }

    boolean isOpen() {
        return open;
    }

    /** How long nothing has come. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /**
     * Takes the next bytes, and keeps them until they are sent; with the last ones, completes when S3 has the object.
     *
     * @param at where they begin; unsigned, and refused when it is not the end of what came before
     * @param last whether nothing follows
     */
    CompletionStage<Void> write(long at, ByteBuffer bytes, boolean last) {
        return next(() -> {
            lastUsed = System.nanoTime();
            if (!open) {
                throw RpcException.invalidArgument("the upload of %s has ended".formatted(target));
            }
            if (at != received) {
                throw RpcException.invalidArgument("the chunk of %s begins at %s; the next one must begin at %d"
                        .formatted(target, Long.toUnsignedString(at), received));
            }
            return room(bytes.remaining()).thenCompose(there -> orDiscard(() -> collect(bytes, last)));
        });
    }

    private CompletionStage<Void> collect(ByteBuffer bytes, boolean last) {
        received += bytes.remaining();
        collected.add(bytes);
        if (last) {
            return finish();
        }
        return collected.size() < partSize ? DONE : sendPart();
    }

    /** Completes when there is memory for so many bytes more. Without it the upload stays as it is. */
    private CompletionStage<Void> room(long more) {
        if (partRoom == 0 && collected.size() + more <= SMALL) {
            return memory.forBeginning(more).thenAccept(rooms::add);
        }
        CompletionStage<Void> free = roomIsInUse ? orDiscard(() -> sending.thenApply(sent -> null)) : DONE;
        long needed = collected.size() + more;
        if (needed <= partRoom) {
            return free;
        }
        long part = Math.max(needed, partSize + more);
        return free.thenCompose(sent -> memory.forPart(part)).thenAccept(room -> {
            release(rooms);
            rooms = new ArrayList<>(List.of(room));
            partRoom = part;
            roomIsInUse = false;
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
                        done.completeExceptionally(Causes.unwrap(failure));
                    }
                });
        return done;
    }

    /** Waits for the part before; this one is then on its way. */
    private CompletionStage<Void> sendPart() {
        if (begun == MOST_PARTS) {
            throw RpcException.invalidArgument(
                    "%s is too large for %d parts of %d bytes; raise part_size_bytes in the link"
                            .formatted(target, MOST_PARTS, partSize));
        }
        CollectedBytes content = collected;
        collected = new CollectedBytes();
        int number = ++begun;
        return id().thenCompose(id -> sending.thenAccept(before -> {
            List<Room> held = makeRoomForTheNext();
            sending = sender.putPart(id, number, content)
                    .thenAccept(parts::add)
                    .whenComplete((done, failure) -> release(held));
        }));
    }

    /** Lets what is sent have the room, if there is more; gives what is to be released when it has been sent. */
    private List<Room> makeRoomForTheNext() {
        List<Room> held = rooms;
        roomIsInUse = memory.tryPart(partRoom)
                .map(room -> rooms = new ArrayList<>(List.of(room)))
                .isEmpty();
        return roomIsInUse ? List.of() : held;
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
        if (begun == 0) {
            return sender.putWhole(collected).thenAccept(stored -> close());
        }
        return (collected.size() == 0 ? DONE : sendPart())
                .thenCompose(sent -> sending)
                .thenCompose(sent -> id())
                .thenCompose(id -> sender.complete(id, List.copyOf(parts)))
                .thenAccept(stored -> close());
    }

    /** After a failure nothing is left of an upload: which of its bytes S3 has is not known any more. */
    private CompletionStage<Void> orDiscard(Supplier<CompletionStage<Void>> step) {
        CompletionStage<Void> result;
        try {
            result = step.get();
        } catch (Throwable e) {
            result = CompletableFuture.failedFuture(e);
        }
        return result.exceptionallyCompose(
                failure -> discard().thenCompose(discarded -> CompletableFuture.failedFuture(Causes.unwrap(failure))));
    }

    private CompletionStage<Void> discard() {
        if (!open) {
            return DONE;
        }
        close();
        String id = uploadId;
        if (id == null) {
            return DONE;
        }
        return sending.handle((end, failure) -> null)
                .thenCompose(end -> sender.abort(id))
                .exceptionally(failure -> {
                    LOG.warn(
                            "{}; what S3 has of it stays until its rules for incomplete uploads remove it",
                            Causes.text(Causes.unwrap(failure)));
                    return null;
                });
    }

    private void close() {
        open = false;
        release(rooms);
        rooms = new ArrayList<>();
        collected = new CollectedBytes();
        whenClosed.run();
    }

    private static void release(List<Room> rooms) {
        rooms.forEach(Room::close);
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
