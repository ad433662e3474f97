package com.wasmcloud.benchmarks;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Process;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The run of {@code wasmcloud:blobstore}: one large object at a time, and many small ones at once. */
final class BlobstoreRun {
    static final Options STANDARD = Options.standard(List.of(1, 16));
    private static final String CONTAINER = "benchmark";
    private static final int MIB = 1 << 20;
    private static final int LARGE = 64 * MIB;
    private static final int SMALL = 1_000;

    /** What is measured: one kind of call by one client. */
    private record What(String call, int callers, String client) {}

    private final List<BlobClient> clients;
    private final Options options;
    private final PrintStream progress;
    private final byte[] large = noise(LARGE);
    private final byte[] small = noise(SMALL);
    private final Medians<What> medians = new Medians<>();

    private BlobstoreRun(List<BlobClient> clients, Options options, PrintStream progress) {
        this.clients = clients;
        this.options = options;
        this.progress = progress;
    }

    /** Starts its own servers, measures, and gives the tables. */
    static String run(Options options, PrintStream progress) {
        List<BlobClient> clients = new ArrayList<>();
        try (NatsServer nats = NatsServer.start();
                S3Process s3 = S3Process.start("-Xmx512m")) {
            for (Path provider : options.providers()) {
                String name = String.valueOf(provider.getFileName()) + (clients.isEmpty() ? "" : " (peer)");
                clients.add(new ProviderBlobClient(name, provider, nats, s3, CONTAINER));
            }
            clients.add(0, new SdkBlobClient(s3, CONTAINER));
            return new BlobstoreRun(clients, options, progress).run();
        } finally {
            clients.forEach(BlobClient::close);
        }
    }

    private String run() {
        for (BlobClient client : clients) {
            progress.println("warming up: " + client.name());
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < options.warmUp().toNanos()) {
                largeObject(client);
            }
            smallObjects(16, key -> client.put(key, small));
            smallObjects(16, key -> expect(SMALL, client.get(key)));
        }
        for (int round = 0; round < options.rounds(); round++) {
            progress.printf("round %d of %d%n", round + 1, options.rounds());
            for (int turn = 0; turn < clients.size(); turn++) {
                BlobClient client = clients.get((round + turn) % clients.size());
                double[] seconds = largeObject(client);
                medians.add(new What("put 64 MiB", 1, client.name()), LARGE / MIB / seconds[0]);
                medians.add(new What("get 64 MiB", 1, client.name()), LARGE / MIB / seconds[1]);
                for (int callers : options.callers()) {
                    medians.add(
                            new What("put 1 kB", callers, client.name()),
                            smallObjects(callers, key -> client.put(key, small)));
                    medians.add(
                            new What("get 1 kB", callers, client.name()),
                            smallObjects(callers, key -> expect(SMALL, client.get(key))));
                }
            }
        }
        return tables();
    }

    /** Puts and gets it once; the seconds that each took. */
    private double[] largeObject(BlobClient client) {
        long begin = System.nanoTime();
        client.put("large", large);
        long stored = System.nanoTime();
        expect(LARGE, client.get("large"));
        long end = System.nanoTime();
        return new double[] {(stored - begin) / 1e9, (end - stored) / 1e9};
    }

    /** Calls a second, each caller with a key of its own. */
    private double smallObjects(int callers, Consumer<String> call) {
        LongAdder calls = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + options.timed().toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                String key = "small-" + caller;
                all.add(CompletableFuture.runAsync(
                        () -> {
                            while (System.nanoTime() < end) {
                                call.accept(key);
                                calls.increment();
                            }
                        },
                        threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        return calls.sum() / ((System.nanoTime() - begin) / 1e9);
    }

    private String tables() {
        Table table = new Table("call, callers, client", "MiB/s", "calls/s", "x SDK");
        row(table, "put 64 MiB", 1, true);
        row(table, "get 64 MiB", 1, true);
        for (int callers : options.callers()) {
            row(table, "put 1 kB", callers, false);
            row(table, "get 1 kB", callers, false);
        }
        return table.toString();
    }

    private void row(Table table, String call, int callers, boolean inMebibytes) {
        double sdk = medians.of(new What(call, callers, clients.get(0).name()));
        for (BlobClient client : clients) {
            double number = medians.of(new What(call, callers, client.name()));
            table.row(
                    "%s, %d, %s".formatted(call, callers, client.name()),
                    inMebibytes ? "%,.0f".formatted(number) : "",
                    inMebibytes ? "" : "%,.0f".formatted(number),
                    "%.2f".formatted(number / sdk));
        }
    }

    private static void expect(long size, long came) {
        if (came != size) {
            throw new IllegalStateException("%d bytes came instead of %d".formatted(came, size));
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
