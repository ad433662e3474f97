package com.wasmcloud.blobstore.s3;

import java.util.List;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/** The requests of one call that store an object, whole or in parts. Thread-safe. */
final class PartSender {
    private final S3Call s3;
    private final NetworkSettings network;
    private final UploadTarget target;

    PartSender(S3Call s3, NetworkSettings network, UploadTarget target) {
        this.s3 = s3;
        this.network = network;
        this.target = target;
    }

    CompletionStage<Void> putWhole(CollectedBytes content) {
        return s3.send(
                        "put " + target,
                        client -> client.putObject(
                                request -> {
                                    request.bucket(target.object().bucket())
                                            .key(target.object().key())
                                            .overrideConfiguration(
                                                    call -> call.apiCallTimeout(network.timeoutFor(content.size())));
                                    target.contentType().ifPresent(request::contentType);
                                    target.contentEncoding().ifPresent(request::contentEncoding);
                                },
                                content.body()))
                .thenApply(stored -> null);
    }

    /** Begins an upload in parts, and gives its id. */
    CompletionStage<String> create() {
        return s3.send(
                        "begin to put " + target,
                        client -> client.createMultipartUpload(request -> {
                            request.bucket(target.object().bucket())
                                    .key(target.object().key());
                            target.contentType().ifPresent(request::contentType);
                            target.contentEncoding().ifPresent(request::contentEncoding);
                        }))
                .thenApply(CreateMultipartUploadResponse::uploadId);
    }

    CompletionStage<CompletedPart> putPart(String uploadId, int number, CollectedBytes content) {
        return s3.send(
                        "put part %d of %s".formatted(number, target),
                        client -> client.uploadPart(
                                request -> request.bucket(target.object().bucket())
                                        .key(target.object().key())
                                        .uploadId(uploadId)
                                        .partNumber(number)
                                        .overrideConfiguration(
                                                call -> call.apiCallTimeout(network.timeoutFor(content.size()))),
                                content.body()))
                .thenApply(part -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(part.eTag())
                        .checksumCRC32(part.checksumCRC32())
                        .build());
    }

    CompletionStage<Void> complete(String uploadId, List<CompletedPart> parts) {
        return s3.send(
                        "complete " + target,
                        client -> client.completeMultipartUpload(
                                request -> request.bucket(target.object().bucket())
                                        .key(target.object().key())
                                        .uploadId(uploadId)
                                        .multipartUpload(upload -> upload.parts(parts))
                                        .overrideConfiguration(call -> call.apiCallTimeout(
                                                network.requestTimeout().multipliedBy(3)))))
                .thenApply(completed -> null);
    }

    CompletionStage<Void> abort(String uploadId) {
        return s3.send(
                        "remove the parts of " + target,
                        client -> client.abortMultipartUpload(
                                request -> request.bucket(target.object().bucket())
                                        .key(target.object().key())
                                        .uploadId(uploadId)))
                .thenApply(aborted -> null);
    }
}
