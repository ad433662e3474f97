package com.wasmcloud.benchmarks;

import com.wasmcloud.testkit.servers.S3Process;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The AWS SDK by itself: an object is one request. */
final class SdkBlobClient implements BlobClient {
    private final S3AsyncClient client;
    private final String bucket;

    SdkBlobClient(S3Process s3, String bucket) {
        this.bucket = bucket;
        client = S3AsyncClient.builder()
                .endpointOverride(URI.create(s3.url()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKey(), s3.secretKey())))
                .build();
    }

    @Override
    public String name() {
        return "plain AWS SDK";
    }

    @Override
    public void put(String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(key), AsyncRequestBody.fromBytesUnsafe(content))
                .join();
    }

    @Override
    public long get(String key) {
        return client.getObject(request -> request.bucket(bucket).key(key), AsyncResponseTransformer.toBytes())
                .join()
                .response()
                .contentLength();
    }

    @Override
    public void close() {
        client.close();
    }
}
