package com.wasmcloud.contract.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.wasmcloud.contract.GoldenMessages;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.logging.LoggingContract;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spoiled messages by the hundred thousand: each is read, and then says the same in every encoding, or is refused as
 * malformed, and costs no more memory than its size explains. The seed is fixed; {@code -Dfuzz.runs} makes it longer
 * and {@code -Dfuzz.seed} different.
 */
class SpoiledMessagesTest {
    private static final int RUNS = Integer.getInteger("fuzz.runs", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_240_610L);

    /** What any attempt may allocate, and what it may for each byte of the message: a small object. */
    private static final long BASE = 32 * 1024;

    private static final long PER_BYTE = 200;

    private static final List<byte[]> CORPUS = GoldenMessages.all()
            .flatMap(message -> message.bytes().values().stream())
            .map(Bytes::toByteArray)
            .toList();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Golden<?>> messages() {
        return GoldenMessages.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void spoiledMessagesAreReadOrRefused(Golden<T> message) {
        Mutator mutator = new Mutator(SEED, CORPUS);
        message.bytes().forEach((encoding, bytes) -> {
            byte[] original = bytes.toByteArray();
            for (int run = 0; run < RUNS; run++) {
                byte[] spoiled = mutator.mutate(original);
                try {
                    readOrRefuse(message.codec(), Bytes.wrap(spoiled), encoding);
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(encoding + " " + HexFormat.of().formatHex(spoiled), e);
                }
            }
        });
    }

    private static <T> void readOrRefuse(Codec<T> codec, Bytes message, Encoding encoding) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<T> value = read(codec, message, encoding);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > BASE + PER_BYTE * message.size()) {
            assertCheap(codec, message, encoding);
        }
        if (value.isPresent()) {
            for (Encoding other : Encoding.values()) {
                if (!codec.decode(codec.encode(value.get(), other), other).equals(value.get())) {
                    throw new AssertionError("not the same after " + other);
                }
            }
        }
    }

    /** Once more, as the first time may have paid for the loading of classes. */
    private static void assertCheap(Codec<?> codec, Bytes message, Encoding encoding) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        read(codec, message, encoding);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(BASE + PER_BYTE * message.size());
    }

    private static <T> Optional<T> read(Codec<T> codec, Bytes message, Encoding encoding) {
        try {
            return Optional.of(codec.decode(message, encoding));
        } catch (RpcException e) {
            assertRefused(e);
            return Optional.empty();
        }
    }

    private static void assertRefused(RpcException e) {
        if (e.code() != RpcException.Code.MALFORMED
                || !String.valueOf(e.getMessage()).startsWith("deserialization: ")) {
            throw new AssertionError("refused as " + e.code(), e);
        }
    }

    static Stream<Contract<?>> contracts() {
        return Stream.of(
                KeyValueContract.INSTANCE,
                HttpServerContract.INSTANCE,
                BlobstoreContract.INSTANCE,
                ChunkReceiverContract.INSTANCE,
                LoggingContract.INSTANCE);
    }

    /** The service answers every call that reaches it with the same failure. */
    @ParameterizedTest
    @MethodSource("contracts")
    <S> void spoiledArgumentsReachTheServiceOrAreRefused(Contract<S> contract) {
        IllegalStateException reached = new IllegalStateException("reached");
        S service = contract.stub((operation, argument) -> CompletableFuture.failedFuture(reached));
        Mutator mutator = new Mutator(SEED, CORPUS);
        for (String operation : contract.operations()) {
            int calls = 0;
            for (byte[] original : CORPUS) {
                for (int run = 0; run < RUNS / 200; run++) {
                    Bytes argument = Bytes.wrap(run == 0 ? original : mutator.mutate(original));
                    calls += reaches(contract, service, operation, argument, reached) ? 1 : 0;
                }
            }
            assertThat(calls).as(operation).isPositive();
        }
    }

    private static <S> boolean reaches(
            Contract<S> contract, S service, String operation, Bytes argument, Exception reached) {
        try {
            Encoding encoding = contract.encodingOf(operation, argument, Encoding.MSGPACK);
            contract.invoke(service, operation, argument, encoding)
                    .toCompletableFuture()
                    .getNow(Bytes.EMPTY);
            throw new AssertionError(operation + " succeeded with " + argument.toHex());
        } catch (RpcException e) {
            assertRefused(e);
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RpcException refused) {
                assertRefused(refused);
                return false;
            }
            assertThat(e).hasRootCause(reached);
            return true;
        }
    }
}
