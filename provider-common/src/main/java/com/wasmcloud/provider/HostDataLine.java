package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.FileReasons;
import com.wasmcloud.provider.support.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a host tells a provider when it starts it: one line of base64 over a JSON object, in all generations of the
 * protocol. Which generation it is, and what the members mean, is for a {@link Protocol} to say.
 */
public final class HostDataLine {
    private static final int LONGEST = 64 * 1024 * 1024;
    private static final Base64.Decoder LENIENT = Base64.getDecoder(); // padded or not

    private HostDataLine() {}

    /**
     * Reads one line and no further: a host may leave the stream open or close it at once.
     *
     * @throws IllegalArgumentException when it is too long
     */
    public static String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == LONGEST) {
                throw new IllegalArgumentException("host data is longer than 64 MiB; it should be one line of base64");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /**
     * Reads the line from a file, which may be a pipe.
     *
     * @throws IOException when it cannot be read; the message names the file
     */
    static String file(String name) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return read(in);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read host data: there is no file " + name, e);
        } catch (IOException e) {
            throw new IOException("cannot read host data from " + name + ": " + FileReasons.of(e), e);
        }
    }

    /**
     * The JSON object in the line.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when there is none
     */
    public static Map<String, @Nullable Object> parse(String line) {
        String base64 = line.strip();
        if (base64.isEmpty()) {
            throw new IllegalArgumentException("stdin is empty - expecting host data configuration");
        }
        byte[] json;
        try {
            json = LENIENT.decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "host data configuration passed through stdin has invalid encoding (expected base64)", e);
        }
        try {
            return Json.object(Bytes.wrap(json));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parsing host data: " + e.getMessage(), e);
        }
    }
}
