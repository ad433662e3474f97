package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ListObjectsResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What S3 tells, as messages of the contract, and the reverse. */
final class BlobstoreMessages {
    private static final long DEFAULT_ITEMS = 1000;

    private BlobstoreMessages() {}

    static List<ContainerMetadata> containers(List<Bucket> buckets) {
        return buckets.stream()
                .map(bucket -> new ContainerMetadata(bucket.name(), Optional.ofNullable(bucket.creationDate())))
                .toList();
    }

    static ObjectMetadata metadata(ObjectName object, ObjectInfo info) {
        return new ObjectMetadata(
                object.key(),
                object.container(),
                info.length(),
                info.lastModified(),
                info.contentType(),
                info.contentEncoding());
    }

    /** Some encoders write what is absent as 0 or as an empty text. */
    static Listing.Query query(ListObjectsRequest request) {
        return new Listing.Query(
                request.containerId(),
                present(request.startWith()),
                present(request.continuation()),
                present(request.endWith()),
                present(request.endBefore()),
                request.maxItems().filter(items -> items > 0).orElse(DEFAULT_ITEMS));
    }

    private static Optional<String> present(Optional<String> text) {
        return text.filter(value -> !value.isEmpty());
    }

    static ListObjectsResponse response(String container, Listing.Page page) {
        return new ListObjectsResponse(
                page.objects().stream()
                        .map(object -> metadata(container, object))
                        .toList(),
                page.isLast(),
                page.continuation());
    }

    private static ObjectMetadata metadata(String container, S3Object object) {
        return new ObjectMetadata(
                object.key(),
                container,
                object.size() == null ? 0 : object.size(),
                Optional.ofNullable(object.lastModified()),
                Optional.empty(),
                Optional.empty());
    }

    /** Only what failed is listed. */
    static List<ItemResult> failures(List<NotRemoved> items) {
        return items.stream()
                .map(item -> new ItemResult(item.name(), false, Optional.of(item.reason())))
                .toList();
    }
}
