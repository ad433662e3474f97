package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An object of many times the heap, through a provider in a process of its own with 64 MiB of heap.
 * {@code -Dlarge.object.mib=1024} makes it one of a GiB.
 */
@ExtendWith(Servers.class)
class LargeObjectTest {
    private static final int MIB = 1 << 20;
    private static final long SIZE = (long) Integer.getInteger("large.object.mib", 256) * MIB;
    private static final int CHUNK = 512 * 1024;

    private final NatsServer nats;
    private final Path folder;

    LargeObjectTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.folder = folder;
    }

    /** Puts together what comes, without keeping it. */
    private static final class Assembly implements ChunkReceiver {
        private final MessageDigest digest;
        private final CompletableFuture<Chunk> begun = new CompletableFuture<>();
        private final CompletableFuture<Long> complete = new CompletableFuture<>();
        private long size;

        private Assembly() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256");
        }

        /** What follows the first chunk may come before it; it waits. */
        @Override
        public CompletionStage<ChunkResponse> receiveChunk(Chunk chunk) {
            return begun.thenApply(first -> {
                take(chunk);
                return new ChunkResponse(false);
            });
        }

        private synchronized void take(Chunk chunk) {
            assertThat(chunk.offset()).isEqualTo(size);
            digest.update(
                    chunk.bytes().array(), chunk.bytes().offset(), chunk.bytes().size());
            size += chunk.bytes().size();
            if (chunk.isLast()) {
                complete.complete(size);
            }
        }

        private void begin(Chunk first) {
            take(first);
            begun.complete(first);
        }

        private synchronized long size() {
            return size;
        }
    }

    @Test
    void anObjectOfManyTimesTheHeapGoesInAndOut() throws IOException, NoSuchAlgorithmException {
        Path objects = Files.createDirectory(folder.resolve("objects"));
        try (S3Server server = S3Server.startIn(objects);
                TestHost host = TestHost.start(nats);
                TestProvider provider =
                        host.provider(BlobstoreContract.INSTANCE).start(launcher("-Xmx64m"))) {
            TestActor actor = host.actor();
            Assembly received = new Assembly();
            actor.serves(ChunkReceiverContract.INSTANCE, received);
            provider.linkAndAwait(actor, server.linkValues());
            Blobstore blobstore = actor.calling(provider, BlobstoreContract.INSTANCE);
            Await.result(blobstore.createContainer("large"));

            byte[] sent = upload(blobstore);
            received.begin(Await.result(blobstore.getObject(Links.get("large", "object")))
                    .initialChunk()
                    .orElseThrow());
            while (!received.complete.isDone()) {
                long before = received.size();
                Await.until("more has come", () -> received.complete.isDone() || received.size() > before);
            }

            assertThat(Await.result(received.complete)).isEqualTo(SIZE);
            assertThat(received.digest.digest()).isEqualTo(sent);
            assertThat(provider.process().running()).isTrue();
        }
    }

    private static byte[] upload(Blobstore blobstore) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] bytes = Links.noise(CHUNK).toByteArray();
        digest.update(bytes);
        Optional<String> stream = Await.result(
                        blobstore.putObject(Links.put("large", "object", Bytes.wrap(bytes.clone()), false)))
                .streamId();
        for (long at = CHUNK; at < SIZE; at += CHUNK) {
            bytes[(int) (at / CHUNK % CHUNK)]++;
            digest.update(bytes);
            Chunk chunk = new Chunk("object", "large", Bytes.wrap(bytes), at, at + CHUNK == SIZE);
            Await.result(blobstore.putChunk(Links.chunk(stream, chunk)));
        }
        return digest.digest();
    }

    /** An executable that runs this build of the provider with options of the test's own. */
    private Path launcher(String options) throws IOException {
        String script = "#!/bin/sh\nexec '%s' %s -XX:+UseSerialGC -cp '%s' %s\n"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        options,
                        System.getProperty("java.class.path"),
                        BlobstoreS3Provider.class.getName());
        Path file = Files.writeString(folder.resolve("provider"), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
