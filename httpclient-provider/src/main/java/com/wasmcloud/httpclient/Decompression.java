package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes the compression of a body, into no more bytes than its receiver takes. Takes its time, so not for event loops. */
final class Decompression {
    /** What is asked for. */
    static final String ACCEPTED = "gzip, deflate";

    private static final int STEP = 8 * 1024;
    private static final int ZLIB_METHOD = 8;

    /** What a body is compressed with. */
    enum Kind {
        GZIP,
        DEFLATE
    }

    private Decompression() {}

    /** What the header {@code Content-Encoding} says, if it is something that is undone here. */
    static Optional<Kind> kind(@Nullable String encoding) {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(Kind.GZIP);
            case "deflate" -> Optional.of(Kind.DEFLATE);
            default -> Optional.empty();
        };
    }

    /**
     * Decompresses.
     *
     * @throws RpcException when it is damaged, or the receiver takes no more
     */
    static void undo(Kind kind, Bytes body, CollectedBody into) {
        byte[] step = new byte[STEP];
        try (InputStream in = stream(kind, body)) {
            for (int count = in.read(step); count >= 0; count = in.read(step)) {
                into.add(count, (from, array, at, length) -> System.arraycopy(step, from, array, at, length));
            }
        } catch (IOException e) {
            throw RpcException.backend("its compression (" + kind.name().toLowerCase(Locale.ROOT) + ") is damaged", e);
        }
    }

    private static InputStream stream(Kind kind, Bytes body) throws IOException {
        InputStream compressed = new ByteArrayInputStream(body.array(), body.offset(), body.size());
        return switch (kind) {
            case GZIP -> new GZIPInputStream(compressed, STEP);
            case DEFLATE -> new Inflating(compressed, !isZlib(body));
        };
    }

    /** Some servers send the bare format where RFC 9110 wants it wrapped; the first two bytes tell. */
    private static boolean isZlib(Bytes body) {
        return body.size() >= 2 && (body.at(0) & 0x0f) == ZLIB_METHOD && (256 * body.at(0) + body.at(1)) % 31 == 0;
    }

    /** Gives the native memory of its inflater back when it is closed. */
    private static final class Inflating extends InflaterInputStream {
        Inflating(InputStream compressed, boolean bare) {
            super(compressed, new Inflater(bare), STEP);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
