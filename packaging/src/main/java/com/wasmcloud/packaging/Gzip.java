package com.wasmcloud.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The strongest compression, of the same bytes to the same bytes. */
final class Gzip extends GZIPOutputStream {
    private Gzip(OutputStream out) throws IOException {
        super(out, 64 * 1024);
        def.setLevel(Deflater.BEST_COMPRESSION);
    }

    /** A file, compressed. */
    static byte[] compressed(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new Gzip(bytes)) {
            Files.copy(file, gzip);
        }
        return bytes.toByteArray();
    }
}
