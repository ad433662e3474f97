package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Budget.Share;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The bytes that one link's transfers hold. They are taken from the link's share of all memory, within that from its share
 * of what transfers may have, and within that from bounds that keep uploads, which depend on what their actors do next, from
 * leaving no room for reads and for each other.
 *
 * <ul>
 *   <li>Uploads that have just begun have a quarter at the most.
 *   <li>An upload that goes on takes room for a whole part at once, out of a half. Whoever has it needs no more to get its
 *       part to S3, so that uploads which have begun can always be finished.
 *   <li>What is left is for reads only.
 * </ul>
 *
 * <p>Thread-safe; never blocks. What waits for room is told after a second that the provider is overloaded.
 */
final class TransferMemory implements AutoCloseable {
    private final long most;
    private final Share transfers;
    private final Budget beginnings;
    private final Budget parts;
    private final List<Share> forReading;
    private final List<Share> forBeginning;
    private final List<Share> forPart;

    /**
     * @param all what the transfers of all links have
     * @param link the link's share of what all that waits may have
     */
    TransferMemory(Budget all, Share link, int partSize) {
        most = Math.min(all.most(), link.most());
        transfers = all.share();
        beginnings = new Budget(Math.max(1, most / 4), "the uploads that have begun hold all of their memory");
        parts = new Budget(
                Math.max(most / 2, Math.min(most, partSize)), "the uploads under way hold all of their memory");
        forReading = List.of(transfers, link);
        forBeginning = List.of(beginnings.share(), transfers, link);
        forPart = List.of(parts.share(), transfers, link);
    }

    /** Room for what is read, or for all of the memory if it is larger. */
    CompletionStage<Room> forReading(long bytes) {
        return Room.take(Math.min(bytes, most), forReading);
    }

    /** Room for the first bytes of an upload. */
    CompletionStage<Room> forBeginning(long bytes) {
        return Room.take(Math.min(bytes, beginnings.most()), forBeginning);
    }

    /** Whether there would be such room right now. */
    boolean hasRoomToBegin(long bytes) {
        Optional<Room> room = Room.tryTake(Math.min(bytes, beginnings.most()), forBeginning);
        room.ifPresent(Room::close);
        return room.isPresent();
    }

    /** Room for a part of an upload. */
    CompletionStage<Room> forPart(long bytes) {
        return Room.take(Math.min(bytes, parts.most()), forPart);
    }

    /** The same, if there is some right now. */
    Optional<Room> tryPart(long bytes) {
        return Room.tryTake(Math.min(bytes, parts.most()), forPart);
    }

    /** Bytes that the link's transfers hold right now. */
    long used() {
        return transfers.used();
    }

    /** Refuses what waits; what is in use is still given back. */
    @Override
    public void close() {
        transfers.close();
    }
}
