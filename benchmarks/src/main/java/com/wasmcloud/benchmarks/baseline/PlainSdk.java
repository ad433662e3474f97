package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.benchmarks.candidate.Sample;
import com.wasmcloud.contract.rpc.Bytes;
import io.nats.client.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * The AWS SDK alone, without messages and signatures of the lattice. It makes the load on itself: told a kind of call, a
 * number of callers and a time, it answers with what it measured.
 */
public final class PlainSdk {
    /** The container of all objects. */
    public static final String BUCKET = "benchmark";
    /** The object that is got as a whole. */
    public static final String LARGE_OBJECT = "large";
    /** Gets the large object. */
    public static final String GET_LARGE = "get 64 MiB";
    /** Puts a large object, here as a multipart upload with the parts that the SDK chooses. */
    public static final String PUT_LARGE = "put 64 MiB";
    /** Gets one of many small objects. */
    public static final String GET_SMALL = "get 1 kB";
    /** Puts one of many small objects. */
    public static final String PUT_SMALL = "put 1 kB";

    private static final int SMALL = 1_000;
    private static final int LARGE = 64 << 20;

    private final S3AsyncClient s3;
    private final S3AsyncClient multipart;
    private final byte[] large = new byte[LARGE];
    private final byte[] small = new byte[SMALL];

    private PlainSdk(String url, String accessKey, String secretKey) {
        s3 = builder(url, accessKey, secretKey).build();
        multipart = builder(url, accessKey, secretKey).multipartEnabled(true).build();
        new Random(1).nextBytes(large);
        new Random(2).nextBytes(small);
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, URL of S3, access key, secret key
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        PlainSdk sdk = new PlainSdk(arguments[2], arguments[3], arguments[4]);
        Member member = new Member(arguments[0]);
        ExecutorService runs = Executors.newSingleThreadExecutor();
        member.serve(
                arguments[1], order -> runs.execute(() -> member.nats().publish(order.getReplyTo(), sdk.run(order))));
    }

    /** The name of a small object; all are of one length. */
    public static String small(int number) {
        return "small-%03d".formatted(number);
    }

    /** Makes the container and its objects. */
    public static void fill(
            String url, String accessKey, String secretKey, int smallObjects, Bytes small, Bytes large) {
        try (S3AsyncClient s3 = builder(url, accessKey, secretKey).build()) {
            s3.createBucket(request -> request.bucket(BUCKET)).join();
            put(s3, LARGE_OBJECT, large.toByteArray()).join();
            for (int i = 0; i < smallObjects; i++) {
                put(s3, small(i), small.toByteArray()).join();
            }
        }
    }

    private static S3AsyncClientBuilder builder(String url, String accessKey, String secretKey) {
        return S3AsyncClient.builder()
                .endpointOverride(URI.create(url))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
    }

    private static CompletableFuture<?> put(S3AsyncClient s3, String key, byte[] content) {
        return s3.putObject(request -> request.bucket(BUCKET).key(key), AsyncRequestBody.fromBytesUnsafe(content));
    }

    private byte[] run(Message order) {
        String[] words = new String(order.getData(), StandardCharsets.UTF_8).split(";", -1);
        Sample sample = run(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]));
        return sample.toText().getBytes(StandardCharsets.UTF_8);
    }

    private Sample run(String call, int callers, long nanos) {
        Sample.Recorder latencies = new Sample.Recorder();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        long start = System.nanoTime();
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                String key = small(caller);
                all.add(CompletableFuture.runAsync(() -> callUntil(start + nanos, call, key, latencies), threads));
            }
            all.forEach(CompletableFuture::join);
            return latencies.finish(Duration.ofNanos(System.nanoTime() - start));
        } finally {
            threads.shutdown();
        }
    }

    private void callUntil(long end, String call, String key, Sample.Recorder latencies) {
        do {
            long begin = System.nanoTime();
            call(call, key);
            long taken = System.nanoTime() - begin;
            synchronized (latencies) {
                latencies.add(taken);
            }
        } while (System.nanoTime() < end);
    }

    /**
     * One call, until it has ended.
     *
     * @throws CompletionException when it fails
     */
    private void call(String call, String key) {
        switch (call) {
            case PUT_LARGE -> put(multipart, "put-sdk", large).join();
            case PUT_SMALL -> put(s3, key, small).join();
            case GET_SMALL -> {
                var unused = s3.getObject(
                                request -> request.bucket(BUCKET).key(key), AsyncResponseTransformer.toBytes())
                        .join();
            }
            default -> throw new IllegalArgumentException("cannot " + call);
        }
    }
}
