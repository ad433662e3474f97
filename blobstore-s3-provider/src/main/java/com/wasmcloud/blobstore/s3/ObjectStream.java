package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.support.Causes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The bytes of an object on their way from S3. They are read piece by piece, in order and once; S3 is asked for more only
 * while a piece is being read.
 *
 * <p>Thread-safe. Holds a connection until all has been read or it is cancelled.
 */
final class ObjectStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_PIECE = new byte[0];

    private final ObjectInfo info;
    private @Nullable Subscription source;
    /** Completes with the piece that is being read; null between pieces. */
    private @Nullable CompletableFuture<byte[]> reading;

    private byte[] piece = NO_PIECE;
    private int filled;
    /** Bytes in all pieces so far, and in the one that is being read. */
    private long position;

    private ByteBuffer leftOver = NOTHING;
    private boolean asked;
    private boolean complete;
    private @Nullable IOException failure;

    private ObjectStream(ObjectInfo info) {
        this.info = info;
    }

    /** @param bytes each lent to its subscriber until {@code onNext} returns */
    static ObjectStream of(ObjectInfo info, Publisher<ByteBuffer> bytes) {
        ObjectStream stream = new ObjectStream(info);
        try {
            bytes.subscribe(stream.new Filling());
        } catch (Throwable e) {
            stream.fail(new IOException(Causes.text(e), e));
        }
        return stream;
    }

    /** One without any bytes. */
    static ObjectStream empty(ObjectInfo info) {
        ObjectStream stream = new ObjectStream(info.withoutContent());
        stream.complete = true;
        return stream;
    }

    /** What is known about the object; its length is that of this stream. */
    ObjectInfo info() {
        return info;
    }

    /**
     * Reads the next bytes. The last ones come when S3 has sent all of the object and its checksum is right.
     *
     * @param size how many, no more than there are left
     * @return completes with the piece, which belongs to the caller; fails with an IOException that says why there is none
     * @throws IllegalStateException when the piece before has not been read
     */
    CompletableFuture<byte[]> read(int size) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        synchronized (this) {
            if (reading != null) {
                throw new IllegalStateException("the piece before is still being read");
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            piece = new byte[size];
            filled = 0;
            reading = result;
        }
        proceed();
        return result;
    }

    /** Fails what is being read and will be read, and frees the connection; once more changes nothing. */
    void cancel(String why) {
        fail(new IOException(why));
    }

    /** Does what can be done: fills the piece, hands it on when it is full, asks for more when it is not. */
    private void proceed() {
        CompletableFuture<byte[]> read;
        byte[] full;
        Subscription more;
        synchronized (this) {
            read = reading;
            if (read == null) {
                return;
            }
            int count = Math.min(leftOver.remaining(), piece.length - filled);
            leftOver.get(piece, filled, count);
            filled += count;
            position += count;
            full = piece;
            more = source;
            // the last one waits until S3 has said that all is well
            if (filled == piece.length && (complete || position < info.length())) {
                reading = null;
                piece = NO_PIECE;
                more = null;
            } else if (asked || more == null) {
                return;
            } else {
                asked = true;
            }
        }
        if (more == null) {
            read.complete(full);
        } else {
            more.request(1);
        }
    }

    private void fail(IOException why) {
        CompletableFuture<byte[]> read;
        Subscription unwanted;
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = why;
            read = reading;
            unwanted = source;
            reading = null;
            piece = NO_PIECE;
            leftOver = NOTHING;
        }
        if (unwanted != null) {
            unwanted.cancel();
        }
        if (read != null) {
            read.completeExceptionally(why);
        }
    }

    /** Takes what S3 sends. */
    private final class Filling implements Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Subscription made) {
            boolean unwanted;
            synchronized (ObjectStream.this) {
                source = made;
                unwanted = failure != null;
            }
            if (unwanted) {
                made.cancel();
            } else {
                proceed();
            }
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            synchronized (ObjectStream.this) {
                if (failure != null) {
                    return;
                }
                leftOver = bytes;
                asked = false;
            }
            proceed();
            synchronized (ObjectStream.this) {
                leftOver = leftOver.hasRemaining() // lent until now
                        ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()
                        : NOTHING;
            }
        }

        @Override
        public void onError(Throwable why) {
            fail(new IOException(Failures.reason(why), why));
        }

        @Override
        public void onComplete() {
            boolean early;
            synchronized (ObjectStream.this) {
                complete = true;
                early = position + leftOver.remaining() < info.length();
            }
            if (early) {
                fail(new IOException("S3 ended the object early"));
            } else {
                proceed();
            }
        }
    }
}
