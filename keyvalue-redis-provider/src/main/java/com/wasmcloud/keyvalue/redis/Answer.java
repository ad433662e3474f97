package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is collected of the answer to one command. Used by the thread that reads from Redis.
 *
 * @param <T> what it becomes
 */
abstract class Answer<T> extends CommandOutput<byte[], byte[], T> {
    private boolean dropped;
    private byte @Nullable [] collected;

    private Answer(@Nullable T initial) {
        super(ByteArrayCodec.INSTANCE, initial);
    }

    /** A number. */
    static Answer<Long> number() {
        return new WholeNumber();
    }

    /** A string, null when there is none. */
    static Answer<byte[]> value() {
        return new Value();
    }

    /** Any number of strings. */
    static Answer<List<byte[]>> values() {
        return new Values();
    }

    /** Lets go of what has been collected, and collects no more. */
    final void drop() {
        dropped = true;
        output = null;
    }

    /** Takes a string that was collected elsewhere, in place of the empty one that is decoded next. */
    final void collected(byte[] bytes) {
        collected = bytes;
    }

    @Override
    public final void set(@Nullable ByteBuffer bytes) {
        byte[] large = collected;
        collected = null;
        if (!dropped) {
            add(large != null || bytes == null ? large : copy(bytes));
        }
    }

    @Override
    public void set(long number) {
        // a number among strings says nothing here
    }

    /** One string of the answer, null where Redis says that there is none. */
    abstract void add(byte @Nullable [] bytes);

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static final class WholeNumber extends Answer<Long> {
        WholeNumber() {
            super(null);
        }

        @Override
        public void set(long number) {
            output = number;
        }

        @Override
        void add(byte @Nullable [] bytes) {
            setError("ERR the answer is not a number");
        }
    }

    private static final class Value extends Answer<byte[]> {
        private boolean found;

        Value() {
            super(null);
        }

        /** The first string counts. */
        @Override
        void add(byte @Nullable [] bytes) {
            if (!found) {
                found = true;
                output = bytes;
            }
        }
    }

    private static final class Values extends Answer<List<byte[]>> {
        Values() {
            super(new ArrayList<>());
        }

        @Override
        void add(byte @Nullable [] bytes) {
            if (bytes != null) {
                output.add(bytes);
            }
        }

        @Override
        public void multi(int count) {
            if (output instanceof ArrayList<byte[]> list) {
                list.ensureCapacity(Math.min(count, 1024)); // a server may announce anything
            }
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName(); // and nothing of the data: the client's log may print it
    }
}
