package com.wasmcloud.blobstore.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * Bytes that come in pieces and go to S3 as one body. Large pieces are kept as they come; small ones are copied, since each
 * may hold on to a message that is larger than itself. Used by one thread at a time.
 */
final class CollectedBytes {
    private static final int WORTH_KEEPING = 64 * 1024;
    private static final int BLOCK = 256 * 1024;
    /** The network copies what is sent at once: not a whole object, please. */
    private static final int SENT_AT_ONCE = 128 * 1024;

    private final List<ByteBuffer> pieces = new ArrayList<>();
    private ByteBuffer block = ByteBuffer.allocate(0);
    private int blockBegin;
    private long size;

    /** Those of one piece, which is kept as it is. */
    static CollectedBytes of(ByteBuffer bytes) {
        CollectedBytes content = new CollectedBytes();
        content.pieces.add(bytes.slice());
        content.size = bytes.remaining();
        return content;
    }

    /** Adds what remains of a buffer, which nobody changes from now on. */
    void add(ByteBuffer bytes) {
        int count = bytes.remaining();
        size += count;
        if (count >= WORTH_KEEPING) {
            endBlock();
            pieces.add(bytes.slice());
            return;
        }
        int from = bytes.position();
        for (int done = 0; done < count; ) {
            if (!block.hasRemaining()) {
                endBlock();
                block = ByteBuffer.allocate(BLOCK);
                blockBegin = 0;
            }
            int some = Math.min(block.remaining(), count - done);
            block.put(block.position(), bytes, from + done, some).position(block.position() + some);
            done += some;
        }
    }

    private void endBlock() {
        if (block.position() > blockBegin) {
            pieces.add(block.slice(blockBegin, block.position() - blockBegin)
                    .position(0)
                    .asReadOnlyBuffer());
            blockBegin = block.position();
        }
    }

    long size() {
        return size;
    }

    /** The body of a request, which may have to be sent more than once. */
    AsyncRequestBody body() {
        endBlock();
        if (size == 0) {
            return AsyncRequestBody.empty();
        }
        List<ByteBuffer> slices = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            for (int at = 0; at < piece.limit(); at += SENT_AT_ONCE) {
                slices.add(piece.slice(at, Math.min(SENT_AT_ONCE, piece.limit() - at)));
            }
        }
        return AsyncRequestBody.fromByteBuffersUnsafe(slices.toArray(ByteBuffer[]::new));
    }
}
