package com.wasmcloud.provider.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the files that settings name: regular files of 1 MiB at the most, so that no setting can make a thread wait, or fill
 * the memory, with a pipe, a device or a stream of the kernel.
 *
 * <p>What a method throws says what is wrong with the file in the rest of a sentence that begins with its name.
 */
public final class SmallFile {
    /** In bytes. */
    private static final int LARGEST = 1024 * 1024;

    private SmallFile() {}

    /**
     * Looks whether a file can be read, and does not read it.
     *
     * @throws IOException when it cannot
     */
    public static void check(Path file) throws IOException {
        if (!Files.exists(file) || !Files.isReadable(file)) {
            throw new IOException("does not exist or cannot be read");
        }
        if (!Files.isRegularFile(file) || isOfKernel(file)) {
            throw new IOException("is not a regular file");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException("is larger than 1 MiB");
        }
    }

    /** Files there look regular, and some never end, or hold what nobody should point a setting to. */
    private static boolean isOfKernel(Path file) throws IOException {
        Path real = file.toRealPath();
        return real.startsWith("/proc") || real.startsWith("/sys");
    }

    /**
     * The content of a file.
     *
     * @throws IOException when it cannot be read
     */
    public static byte[] bytes(Path file) throws IOException {
        check(file);
        if (Files.size(file) == 0) {
            return new byte[0]; // some that say so could be read for ever all the same
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new IOException("cannot be read", e);
        }
        if (content.length > LARGEST) {
            throw new IOException("is larger than 1 MiB");
        }
        return content;
    }

    /**
     * The content of a file in UTF-8.
     *
     * @throws IOException when it cannot be read, or is not text
     */
    public static String text(Path file) throws IOException {
        byte[] content = bytes(file);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("is not text in UTF-8", e);
        }
    }

    /**
     * The content of a file, for whoever does not name it: what this throws says the whole sentence, the file's name first.
     *
     * @throws IOException when it cannot be read
     */
    public static byte[] namedBytes(Path file) throws IOException {
        return named(file, SmallFile::bytes);
    }

    /**
     * The same in UTF-8.
     *
     * @throws IOException when it cannot be read, or is not text
     */
    public static String namedText(Path file) throws IOException {
        return named(file, SmallFile::text);
    }

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private static <T> T named(Path file, Reader<T> reader) throws IOException {
        try {
            return reader.read(file);
        } catch (IOException e) {
            throw new IOException(file + " " + e.getMessage(), e);
        }
    }
}
