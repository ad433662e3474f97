package com.wasmcloud.contract.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message as it stands on the wire in every encoding, from {@code wire/<contract>/<message>.hex}.
 *
 * <p>The bytes that are marked so were made by a reference implementation, the others by an independent script from
 * the rules of the formats.
 */
public record Golden<T>(String name, Codec<T> codec, T value) {
    /** The bytes in each encoding. */
    public Map<Encoding, Bytes> bytes() {
        Map<Encoding, Bytes> bytes = new TreeMap<>();
        text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" ", 2);
            bytes.put(Encoding.valueOf(parts[0]), hex(parts[1]));
        });
        return bytes;
    }

    /** Writes and reads the message in every encoding. */
    public void check() {
        bytes().forEach((encoding, bytes) -> {
            assertThat(codec.encode(value, encoding).toHex())
                    .as("%s written in %s", name, encoding)
                    .isEqualTo(bytes.toHex());
            assertThat(codec.decode(bytes, encoding))
                    .as("%s read in %s", name, encoding)
                    .isEqualTo(value);
        });
    }

    @Override
    public String toString() {
        return name;
    }

    /** Bytes from hexadecimal digits, which may have spaces between them. */
    public static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    private String text() {
        String path = "/wire/" + name + ".hex";
        try (InputStream in = Golden.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
