package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists objects for one call, in as many requests as it takes. Thread-safe. */
final class Listing {
    private static final int PAGE = 1000;
    /** Names in one answer, as characters: an answer of tens of thousands of objects, which still fits into memory. */
    private static final long MOST_TEXT = 8 << 20;
    /** What the entries of a page take up, about, until they are sent. */
    private static final int PAGE_HELD = 500 * PAGE;
    /** What an entry costs beside its name. */
    private static final long ENTRY = 100;

    private static final String AFTER = "after:";
    private static final String TOKEN = "token:";

    private final S3Call s3;
    private final ContainerNames names;
    private final TransferMemory memory;

    /**
     * Which objects are wanted, in order of their names. An immutable value.
     *
     * @param startWith first name wanted
     * @param continuation that of a page that was not the last; goes on from there, whatever {@code startWith} says
     * @param endWith last name wanted
     * @param endBefore name before which the list ends
     * @param most objects at a time
     */
    record Query(
            String container,
            Optional<String> startWith,
            Optional<String> continuation,
            Optional<String> endWith,
            Optional<String> endBefore,
            long most) {}

    /** Some of them. An immutable value. */
    record Page(List<S3Object> objects, boolean isLast, Optional<String> continuation) {}

    Listing(S3Call s3, ContainerNames names, TransferMemory memory) {
        this.s3 = s3;
        this.names = names;
        this.memory = memory;
    }

    CompletionStage<Page> list(Query query) {
        Run run = new Run(query, names.bucket(query.container()));
        return run.start().whenComplete((answer, failure) -> run.rooms.forEach(Room::close));
    }

    /** One call, whose pages come one after the other. */
    private final class Run {
        private final Query query;
        private final String bucket;
        private final List<S3Object> found = new ArrayList<>();
        private final List<Room> rooms = new ArrayList<>();
        private long text;

        private Run(Query query, String bucket) {
            this.query = query;
            this.bucket = bucket;
        }

        private CompletionStage<Page> start() {
            if (query.continuation().isPresent()) {
                return page(query.continuation().get());
            }
            return query.startWith().isPresent() ? from(query.startWith().get()) : page("");
        }

        /** S3 begins after a name only: the object of just that name takes a request of its own. */
        private CompletionStage<Page> from(String name) {
            return send("", name, 1).thenCompose(page -> {
                Optional<S3Object> exact = page.contents().stream()
                        .filter(object -> object.key().equals(name))
                        .findFirst();
                if (exact.isPresent() && isPastEnd(name)) {
                    return last();
                }
                exact.ifPresent(this::add);
                return found.size() == query.most() ? orNone(AFTER + name) : page(AFTER + name);
            });
        }

        /** There may be no more after a full answer; that is worth a look, for then it is the last one. */
        private CompletionStage<Page> orNone(String place) {
            return send(place, "", 1)
                    .thenCompose(next -> next.contents().isEmpty()
                                    || isPastEnd(next.contents().get(0).key())
                            ? last()
                            : answer(false, Optional.of(place)));
        }

        private CompletionStage<Page> page(String place) {
            return send(place, "", (int) Math.min(PAGE, query.most() - found.size()))
                    .thenCompose(page -> {
                        for (S3Object object : page.contents()) {
                            if (isPastEnd(object.key())) {
                                return last();
                            }
                            add(object);
                        }
                        String token = page.nextContinuationToken();
                        if (!Boolean.TRUE.equals(page.isTruncated()) || token == null) {
                            return last();
                        }
                        String next = TOKEN + token;
                        if (found.size() >= query.most() || text > MOST_TEXT) {
                            return answer(false, Optional.of(next));
                        }
                        if (next.equals(place)) {
                            throw RpcException.backend(
                                    "cannot list Bucket(%s): S3 gives the same page again and again"
                                            .formatted(query.container()),
                                    null);
                        }
                        return memory.forReading(PAGE_HELD).thenCompose(room -> {
                            rooms.add(room);
                            return page(next);
                        });
                    });
        }

        private CompletionStage<ListObjectsV2Response> send(String place, String prefix, int items) {
            return s3.send(
                    "list Bucket(%s)".formatted(query.container()),
                    client -> client.listObjectsV2(list -> {
                        list.bucket(bucket).maxKeys(items).encodingType(EncodingType.URL); // XML cannot hold every name
                        if (!prefix.isEmpty()) {
                            list.prefix(prefix);
                        }
                        if (place.startsWith(AFTER)) {
                            list.startAfter(place.substring(AFTER.length()));
                        } else if (!place.isEmpty()) {
                            list.continuationToken(place.startsWith(TOKEN) ? place.substring(TOKEN.length()) : place);
                        }
                    }));
        }

        private boolean isPastEnd(String key) {
            return query.endWith().filter(end -> compare(key, end) > 0).isPresent()
                    || query.endBefore().filter(end -> compare(key, end) >= 0).isPresent();
        }

        private void add(S3Object object) {
            text += object.key().length() + ENTRY;
            found.add(object);
        }

        private CompletionStage<Page> last() {
            return answer(true, Optional.empty());
        }

        private CompletionStage<Page> answer(boolean last, Optional<String> continuation) {
            return CompletableFuture.completedFuture(new Page(found, last, continuation));
        }
    }

    /** S3 orders names by the bytes of their UTF-8, which is not how Java compares text. */
    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
