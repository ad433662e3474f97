package com.wasmcloud.contract.rpc;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils messages in the ways that hurt decoders; the same seed spoils them the same way. */
final class Mutator {
    private static final int MAX_SIZE = 4096;

    /** Beginnings of values with lengths that are lies or at the edge, and of all that nests. */
    private static final List<byte[]> PIECES = List.of(
                    "c0",
                    "c1",
                    "c2",
                    "ff",
                    "7f",
                    "80",
                    "8f",
                    "90",
                    "9f",
                    "a0",
                    "bf",
                    "dbffffffff",
                    "c67fffffff",
                    "ddffffffff",
                    "dd0000ffff",
                    "df80000000",
                    "dc0100",
                    "cfffffffffffffffff",
                    "d38000000000000000",
                    "ca7fc00000",
                    "c9ffffffff00",
                    "9bffffffffffffffff",
                    "bb7fffffffffffffff",
                    "5f",
                    "f6",
                    "f7",
                    "f97e00",
                    "fb7ff8000000000000",
                    "1bffffffffffffffff",
                    "3bffffffffffffffff",
                    "d9ffff",
                    "9191919191919191",
                    "8181818181818181",
                    "a2ff00",
                    "edeeff")
            .stream()
            .map(piece -> Golden.hex(piece).toByteArray())
            .toList();

    private final Random random;
    private final List<byte[]> corpus;

    Mutator(long seed, List<byte[]> corpus) {
        this.random = new Random(seed);
        this.corpus = corpus;
    }

    byte[] mutate(byte[] message) {
        byte[] bytes = message.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int size = random.nextInt(1 + Math.min(16, bytes.length - at));
        return switch (random.nextInt(7)) {
            case 0 -> changed(bytes, 1 << random.nextInt(8));
            case 1 -> changed(bytes, random.nextInt(256));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> replaced(bytes, at, size, new byte[0]);
            case 4 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + size));
            case 5 -> replaced(bytes, at, size, PIECES.get(random.nextInt(PIECES.size())));
            default -> replaced(bytes, at, size, corpus.get(random.nextInt(corpus.size())));
        };
    }

    private byte[] changed(byte[] bytes, int mask) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) mask;
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, int size, byte[] piece) {
        int length = bytes.length - size + piece.length;
        if (length > MAX_SIZE) {
            return bytes;
        }
        byte[] result = Arrays.copyOf(bytes, length);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(bytes, at + size, result, at + piece.length, bytes.length - at - size);
        return result;
    }
}
