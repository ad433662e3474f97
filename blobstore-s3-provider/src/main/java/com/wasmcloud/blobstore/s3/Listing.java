package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ListObjectsResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.rpc.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists objects for one call, in as many requests as it takes. Thread-safe. */
final class Listing {
    private static final long DEFAULT_ITEMS = 1000;
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

    Listing(S3Call s3, ContainerNames names, TransferMemory memory) {
        this.s3 = s3;
        this.names = names;
        this.memory = memory;
    }

    CompletionStage<ListObjectsResponse> list(ListObjectsRequest request) {
        Run run = new Run(request, names.bucket(request.containerId()));
        return run.start().whenComplete((answer, failure) -> run.rooms.forEach(Room::close));
    }

    /** One call, whose pages come one after the other. */
    private final class Run {
        private final ListObjectsRequest request;
        private final String bucket;
        private final long most;
        private final Optional<String> endWith;
        private final Optional<String> endBefore;
        private final List<ObjectMetadata> found = new ArrayList<>();
        private final List<Room> rooms = new ArrayList<>();
        private long text;

        private Run(ListObjectsRequest request, String bucket) {
            this.request = request;
            this.bucket = bucket;
            // some encoders write what is absent as 0 or as an empty text
            this.most = request.maxItems().filter(items -> items > 0).orElse(DEFAULT_ITEMS);
            this.endWith = request.endWith().filter(name -> !name.isEmpty());
            this.endBefore = request.endBefore().filter(name -> !name.isEmpty());
        }

        private CompletionStage<ListObjectsResponse> start() {
            Optional<String> continuation = request.continuation().filter(place -> !place.isEmpty());
            Optional<String> first = request.startWith().filter(name -> !name.isEmpty());
            if (continuation.isPresent()) {
                return page(continuation.get());
            }
            return first.isPresent() ? from(first.get()) : page("");
        }

        /** S3 begins after a name only: the object of just that name is asked for by itself. */
        private CompletionStage<ListObjectsResponse> from(String name) {
            return send("", name, 1).thenCompose(page -> {
                Optional<S3Object> exact = page.contents().stream()
                        .filter(object -> object.key().equals(name))
                        .findFirst();
                if (exact.isPresent() && isPastEnd(name)) {
                    return last();
                }
                exact.ifPresent(this::add);
                return found.size() == most ? orNone(AFTER + name) : page(AFTER + name);
            });
        }

        /** There may be no more after a full answer; that is worth a look, for then it is the last one. */
        private CompletionStage<ListObjectsResponse> orNone(String place) {
            return send(place, "", 1)
                    .thenCompose(next -> next.contents().isEmpty()
                                    || isPastEnd(next.contents().get(0).key())
                            ? last()
                            : answer(false, Optional.of(place)));
        }

        private CompletionStage<ListObjectsResponse> page(String place) {
            return send(place, "", (int) Math.min(PAGE, most - found.size())).thenCompose(page -> {
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
                if (found.size() >= most || text > MOST_TEXT) {
                    return answer(false, Optional.of(next));
                }
                if (next.equals(place)) {
                    throw RpcException.backend(
                            "cannot list Bucket(%s): S3 gives the same page again and again"
                                    .formatted(request.containerId()),
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
                    "list Bucket(%s)".formatted(request.containerId()),
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
            return endWith.filter(end -> compare(key, end) > 0).isPresent()
                    || endBefore.filter(end -> compare(key, end) >= 0).isPresent();
        }

        private void add(S3Object object) {
            text += object.key().length() + ENTRY;
            found.add(new ObjectMetadata(
                    object.key(),
                    request.containerId(),
                    orZero(object.size()),
                    Optional.ofNullable(object.lastModified()),
                    Optional.empty(),
                    Optional.empty()));
        }

        private CompletionStage<ListObjectsResponse> last() {
            return answer(true, Optional.empty());
        }

        private CompletionStage<ListObjectsResponse> answer(boolean last, Optional<String> continuation) {
            return CompletableFuture.completedFuture(new ListObjectsResponse(found, last, continuation));
        }
    }

    private static long orZero(@Nullable Long size) {
        return size == null ? 0 : size;
    }

    /** S3 orders names by the bytes of their UTF-8, which is not how Java compares text. */
    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
