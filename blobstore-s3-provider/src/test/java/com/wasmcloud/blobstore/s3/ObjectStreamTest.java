package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class ObjectStreamTest {
    private final Source source = new Source();

    /** Sends what the test says, and counts what it is asked for. */
    private static final class Source implements Publisher<ByteBuffer>, Subscription {
        private @Nullable Subscriber<? super ByteBuffer> subscriber;
        private long asked;
        private boolean cancelled;

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> to) {
            subscriber = to;
            to.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            asked += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        private Subscriber<? super ByteBuffer> subscriber() {
            return Objects.requireNonNull(subscriber);
        }

        /** Lends bytes, and overwrites them as a network client does. */
        private void send(int... values) {
            ByteBuffer lent = ByteBuffer.allocate(values.length);
            for (int value : values) {
                lent.put((byte) value);
            }
            subscriber().onNext(lent.flip());
            for (int i = 0; i < values.length; i++) {
                lent.put(i, (byte) -1);
            }
        }
    }

    private ObjectStream stream(long length) {
        return ObjectStream.of(new ObjectInfo(length, Optional.empty(), Optional.empty(), Optional.empty()), source);
    }

    @Test
    void asksForNothingBetweenPieces() {
        ObjectStream stream = stream(4);
        assertThat(source.asked).isZero();

        CompletableFuture<byte[]> piece = stream.read(2);
        source.send(1);
        assertThat(piece).isNotDone();
        assertThat(source.asked).isEqualTo(2);
        source.send(2, 3);

        assertThat(piece.join()).containsExactly(1, 2);
        assertThat(source.asked).isEqualTo(2);
    }

    @Test
    void keepsWhatWasLentBeyondAPiece() {
        ObjectStream stream = stream(4);
        CompletableFuture<byte[]> piece = stream.read(1);
        source.send(1, 2, 3);

        assertThat(piece.join()).containsExactly(1);
        assertThat(stream.read(2).join()).containsExactly(2, 3);
    }

    @Test
    void givesTheLastPieceWhenAllIsWell() {
        ObjectStream stream = stream(2);
        CompletableFuture<byte[]> piece = stream.read(2);
        source.send(1, 2);
        assertThat(piece).isNotDone();

        source.subscriber().onError(new IOException("the checksum is wrong"));
        assertThatThrownBy(piece::join).hasRootCauseMessage("the checksum is wrong");
    }

    @Test
    void failsWhenTheObjectEndsEarly() {
        ObjectStream stream = stream(2);
        CompletableFuture<byte[]> piece = stream.read(2);
        source.send(1);
        source.subscriber().onComplete();

        assertThatThrownBy(piece::join).hasRootCauseMessage("S3 ended the object early");
    }

    @Test
    void readsNothingOnceItIsCancelled() {
        ObjectStream stream = stream(4);
        CompletableFuture<byte[]> piece = stream.read(2);

        stream.cancel("nobody wants it");

        assertThat(source.cancelled).isTrue();
        assertThatThrownBy(piece::join).hasRootCauseMessage("nobody wants it");
        source.send(1, 2);
        assertThatThrownBy(() -> Await.result(stream.read(2))).hasStackTraceContaining("nobody wants it");
    }

    @Test
    void oneWithoutBytesIsReadAtOnce() {
        ObjectInfo info = new ObjectInfo(7, Optional.empty(), Optional.of("text/plain"), Optional.empty());
        ObjectStream stream = ObjectStream.empty(info);

        assertThat(stream.info().length()).isZero();
        assertThat(stream.read(0).join()).isEmpty();
    }
}
