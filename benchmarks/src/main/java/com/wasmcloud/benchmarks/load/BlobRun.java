package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.baseline.ChunkSource;
import com.wasmcloud.benchmarks.baseline.PlainSdk;
import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.Candidate.Opener;
import com.wasmcloud.benchmarks.candidate.Candidate.Role;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Workload;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Process;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The load run of {@code wasmcloud:blobstore}: one object of 64 MiB at a time, and many of 1 kB at once. The actor is in
 * this process; like an actor it believes every caller, and its own calls are signed: the small ones before the run, the
 * chunks of large ones as they go, for they need the id that the first was answered with.
 */
public final class BlobRun {
    /** Numbers of callers without an option; they are those of small objects. */
    public static final List<Integer> CALLERS = List.of(1, 16);

    private static final String CONTRACT = "wasmcloud:blobstore";
    private static final int SMALL = 1_000;
    private static final int SMALL_OBJECTS = 64;
    private static final int CALLS = 6_400;

    private final Host host;
    private final S3Process s3;
    private final byte[][] gets;
    private final byte[][] puts;

    private BlobRun(Host host, S3Process s3) {
        this.host = host;
        this.s3 = s3;
        Bytes content = noise(SMALL);
        gets = host.calls(CALLS, CONTRACT, 1, "Blobstore.GetObject", i -> get(PlainSdk.small(i % SMALL_OBJECTS)));
        puts = host.calls(CALLS, CONTRACT, 1, "Blobstore.PutObject", i -> {
            Chunk whole = new Chunk(PlainSdk.small(i % SMALL_OBJECTS), PlainSdk.BUCKET, content, 0, true);
            return PutObjectRequest.CODEC.encode(
                    new PutObjectRequest(whole, Optional.empty(), Optional.empty()), Encoding.MSGPACK);
        });
    }

    /** Starts its own servers, measures, and gives the tables. */
    public static String run(LoadOptions options, PrintStream progress) throws IOException, InterruptedException {
        try (NatsServer nats = NatsServer.start();
                S3Process s3 = S3Process.start("-Xmx512m");
                Host host = new Host(nats.url())) {
            PlainSdk.fill(
                    s3.url(), s3.accessKey(), s3.secretKey(), SMALL_OBJECTS, noise(SMALL), noise(Transfers.LARGE));
            BlobRun run = new BlobRun(host, s3);
            return new LoadRun(host, run.candidates(options), workloads(options), options, progress).run();
        }
    }

    private static List<Workload> workloads(LoadOptions options) {
        int mebibytes = Transfers.LARGE >> 20;
        return Stream.concat(
                        Stream.of(
                                Workload.transfer(PlainSdk.GET_LARGE, mebibytes),
                                Workload.transfer(PlainSdk.PUT_LARGE, mebibytes)),
                        options.callers().stream()
                                .flatMap(callers -> Stream.of(
                                        Workload.calls(PlainSdk.GET_SMALL, callers),
                                        Workload.calls(PlainSdk.PUT_SMALL, callers))))
                .toList();
    }

    private List<Candidate> candidates(LoadOptions options) {
        List<Candidate> candidates = new ArrayList<>();
        String messages = host.subject("messages");
        candidates.add(new Candidate(
                "messages of 896 KiB alone",
                Role.BASELINE,
                messages,
                Candidate.java(ChunkSource.class, host.natsUrl(), messages, Transfers.actorSubject(host, "messages")),
                "",
                Map.of(PlainSdk.GET_LARGE, () -> getLarge("messages"))));
        String sdk = host.subject("sdk");
        Map<String, Opener> sdkLoads = new LinkedHashMap<>();
        for (String call : List.of(PlainSdk.PUT_LARGE, PlainSdk.GET_SMALL, PlainSdk.PUT_SMALL)) {
            sdkLoads.put(call, () -> RemoteLoad.open(host.natsUrl(), sdk, call));
        }
        candidates.add(new Candidate(
                "plain AWS SDK",
                Role.BASELINE,
                sdk,
                Candidate.java(PlainSdk.class, host.natsUrl(), sdk, s3.url(), s3.accessKey(), s3.secretKey()),
                "",
                sdkLoads));
        for (Path provider : options.providers()) {
            String lattice = "candidate-" + candidates.size();
            candidates.add(Candidate.provider(
                    provider,
                    candidates,
                    host.subject(lattice),
                    host.hostData(lattice, CONTRACT, Map.of("config_json", Json.write(config()))),
                    loads(lattice)));
        }
        return candidates;
    }

    /** In the form that other providers of the contract understand, too. */
    private Map<String, Object> config() {
        return Map.of(
                "endpoint", s3.url(),
                "region", "us-east-1",
                "access_key_id", s3.accessKey(),
                "secret_access_key", s3.secretKey());
    }

    private Map<String, Opener> loads(String lattice) {
        String subject = host.subject(lattice);
        Map<String, Opener> loads = new LinkedHashMap<>();
        loads.put(PlainSdk.GET_SMALL, () -> NatsLoad.open(host.natsUrl(), subject, gets, BlobRun::checkGet));
        loads.put(PlainSdk.PUT_SMALL, () -> NatsLoad.open(host.natsUrl(), subject, puts, BlobRun::checkPut));
        loads.put(PlainSdk.GET_LARGE, () -> getLarge(lattice));
        loads.put(PlainSdk.PUT_LARGE, () -> PutLargeLoad.open(host, lattice, noise(Transfers.LARGE)));
        return loads;
    }

    private GetLargeLoad getLarge(String lattice) throws IOException, InterruptedException {
        byte[] call = host.call(
                host.actor(), host.provider(CONTRACT), "Blobstore.GetObject", CALLS, get(PlainSdk.LARGE_OBJECT));
        return GetLargeLoad.open(host, lattice, call);
    }

    private static Bytes get(String key) {
        return GetObjectRequest.CODEC.encode(
                new GetObjectRequest(key, PlainSdk.BUCKET, Optional.empty(), Optional.empty()), Encoding.MSGPACK);
    }

    private static void checkGet(byte[] call, byte[] reply) {
        GetObjectResponse response = Replies.decode(reply, GetObjectResponse.CODEC);
        int size = response.initialChunk().map(chunk -> chunk.bytes().size()).orElse(0);
        if (size != SMALL) {
            throw new IllegalStateException("%d bytes came instead of %d".formatted(size, SMALL));
        }
    }

    private static void checkPut(byte[] call, byte[] reply) {
        Replies.decode(reply, PutObjectResponse.CODEC);
    }

    private static Bytes noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
