package com.wasmcloud.contract.rpc;

import com.wasmcloud.contract.rpc.WireReader.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.msgpack.core.MessagePackException;

/**
 * How values of one type are written and read, in each {@link Encoding}: one description, every wire form.
 *
 * <p>Immutable and thread-safe. Reading copies no payload: {@link #BYTES} are views of the message, which must
 * therefore be left alone for as long as they live. Lists and maps that were read cannot be changed, and keep the
 * order of the message; nulls are never in them.
 *
 * <p>Reading is as lenient as the reference decoders: records as maps or as arrays, unknown fields skipped, integers
 * of any width, and in MessagePack text as binary, binary as text, and bytes as a list of numbers. It believes no
 * length before that many bytes are there, and steps over unknown fields down to a fixed depth only. (The file is as
 * long as it is for the nine overloads that make records without reflection.)
 *
 * @param <T> what is written and read
 */
public abstract class Codec<T> {
    /** No value: zero bytes; whatever stands there when reading is ignored. Inside a list or a record: nil. */
    public static final Codec<Void> UNIT =
            new Scalar<>("unit", Kind.NIL, value -> 1, (out, value) -> out.nil(), Codec::readNil);

    /** True or false; a number is neither. */
    public static final Codec<Boolean> BOOL =
            new Scalar<>("boolean", Kind.BOOL, value -> 1, WireWriter::bool, WireReader::bool);

    /** Text; strict UTF-8 when reading, and half a surrogate pair becomes a question mark when writing. */
    public static final Codec<String> STRING =
            new Scalar<>("string", Kind.TEXT, value -> 5 + value.length(), WireWriter::text, WireReader::text);

    /** A payload; a view of the message when reading. */
    public static final Codec<Bytes> BYTES =
            new Scalar<>("bytes", Kind.BYTES, value -> 5 + value.size(), WireWriter::bytes, WireReader::bytes);

    /** A number from 0 to 65,535. */
    public static final Codec<Integer> U16 = ints("u16", 0, 0xffff);

    /** A number of 32 bits with a sign. */
    public static final Codec<Integer> I32 = ints("i32", Integer.MIN_VALUE, Integer.MAX_VALUE);

    /** A number from 0 to 4,294,967,295. */
    public static final Codec<Long> U32 = longs("u32", 0, 0xffff_ffffL);

    /** A number of 64 bits with a sign. */
    public static final Codec<Long> I64 = longs("i64", Long.MIN_VALUE, Long.MAX_VALUE);

    /** All 64 bits of an unsigned number in a long; compare with {@link Long#compareUnsigned}. */
    public static final Codec<Long> U64 =
            new Scalar<>("u64", Kind.INTEGER, value -> 9, WireWriter::unsigned, in -> in.unsigned("u64"));

    /** Seconds and nanoseconds since 1970: a map in MessagePack, two items in one place in CBOR. */
    public static final Codec<Instant> TIMESTAMP =
            new Scalar<>("Timestamp", Kind.MAP, value -> 24, Timestamp::write, Timestamp::read);

    Codec() {}

    /** A list; written in its order. */
    public static <T> Codec<List<T>> list(Codec<T> element) {
        return new ListCodec<>(element);
    }

    /** A map with text as keys; written in its iteration order. */
    public static <T> Codec<Map<String, T>> map(Codec<T> value) {
        return new MapCodec<>(value);
    }

    /** A record of one field, in wire order; {@code name} stands in error texts. */
    public static <R, A> Codec<R> record(String name, Field<R, A> a, Function<A, R> make) {
        return new RecordCodec<>(name, List.of(a), v -> make.apply(a.cast(v[0])));
    }

    /** A record of two fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B> Codec<R> record(String name, Field<R, A> a, Field<R, B> b, BiFunction<A, B, R> make) {
        return new RecordCodec<>(name, List.of(a, b), v -> make.apply(a.cast(v[0]), b.cast(v[1])));
    }

    /** A record of three fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C> Codec<R> record(
            String name, Field<R, A> a, Field<R, B> b, Field<R, C> c, Constructor.Of3<A, B, C, R> make) {
        return new RecordCodec<>(name, List.of(a, b, c), v -> make.make(a.cast(v[0]), b.cast(v[1]), c.cast(v[2])));
    }

    /** A record of four fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C, D> Codec<R> record(
            String name,
            Field<R, A> a,
            Field<R, B> b,
            Field<R, C> c,
            Field<R, D> d,
            Constructor.Of4<A, B, C, D, R> make) {
        return new RecordCodec<>(
                name, List.of(a, b, c, d), v -> make.make(a.cast(v[0]), b.cast(v[1]), c.cast(v[2]), d.cast(v[3])));
    }

    /** A record of five fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C, D, E> Codec<R> record(
            String name,
            Field<R, A> a,
            Field<R, B> b,
            Field<R, C> c,
            Field<R, D> d,
            Field<R, E> e,
            Constructor.Of5<A, B, C, D, E, R> make) {
        return new RecordCodec<>(
                name,
                List.of(a, b, c, d, e),
                v -> make.make(a.cast(v[0]), b.cast(v[1]), c.cast(v[2]), d.cast(v[3]), e.cast(v[4])));
    }

    /** A record of six fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C, D, E, F> Codec<R> record(
            String name,
            Field<R, A> a,
            Field<R, B> b,
            Field<R, C> c,
            Field<R, D> d,
            Field<R, E> e,
            Field<R, F> f,
            Constructor.Of6<A, B, C, D, E, F, R> make) {
        return new RecordCodec<>(
                name,
                List.of(a, b, c, d, e, f),
                v -> make.make(a.cast(v[0]), b.cast(v[1]), c.cast(v[2]), d.cast(v[3]), e.cast(v[4]), f.cast(v[5])));
    }

    /** A record of seven fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C, D, E, F, G> Codec<R> record(
            String name,
            Field<R, A> a,
            Field<R, B> b,
            Field<R, C> c,
            Field<R, D> d,
            Field<R, E> e,
            Field<R, F> f,
            Field<R, G> g,
            Constructor.Of7<A, B, C, D, E, F, G, R> make) {
        return new RecordCodec<>(
                name,
                List.of(a, b, c, d, e, f, g),
                v -> make.make(
                        a.cast(v[0]),
                        b.cast(v[1]),
                        c.cast(v[2]),
                        d.cast(v[3]),
                        e.cast(v[4]),
                        f.cast(v[5]),
                        g.cast(v[6])));
    }

    /** A record of eight fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C, D, E, F, G, H> Codec<R> record(
            String name,
            Field<R, A> a,
            Field<R, B> b,
            Field<R, C> c,
            Field<R, D> d,
            Field<R, E> e,
            Field<R, F> f,
            Field<R, G> g,
            Field<R, H> h,
            Constructor.Of8<A, B, C, D, E, F, G, H, R> make) {
        return new RecordCodec<>(
                name,
                List.of(a, b, c, d, e, f, g, h),
                v -> make.make(
                        a.cast(v[0]),
                        b.cast(v[1]),
                        c.cast(v[2]),
                        d.cast(v[3]),
                        e.cast(v[4]),
                        f.cast(v[5]),
                        g.cast(v[6]),
                        h.cast(v[7])));
    }

    /** A record of nine fields, in wire order; {@code name} stands in error texts. */
    public static <R, A, B, C, D, E, F, G, H, I> Codec<R> record(
            String name,
            Field<R, A> a,
            Field<R, B> b,
            Field<R, C> c,
            Field<R, D> d,
            Field<R, E> e,
            Field<R, F> f,
            Field<R, G> g,
            Field<R, H> h,
            Field<R, I> i,
            Constructor.Of9<A, B, C, D, E, F, G, H, I, R> make) {
        return new RecordCodec<>(
                name,
                List.of(a, b, c, d, e, f, g, h, i),
                v -> make.make(
                        a.cast(v[0]),
                        b.cast(v[1]),
                        c.cast(v[2]),
                        d.cast(v[3]),
                        e.cast(v[4]),
                        f.cast(v[5]),
                        g.cast(v[6]),
                        h.cast(v[7]),
                        i.cast(v[8])));
    }

    /**
     * The same, but reads a bare text as well: for callers that send only a name where the contract says a record.
     *
     * @param fromText makes the record from the text
     */
    public final Codec<T> orText(Function<String, T> fromText) {
        return new OrTextCodec<>(this, fromText);
    }

    /**
     * Writes a value as a complete message.
     *
     * @throws IllegalArgumentException when a number is outside the range of its type
     */
    public final Bytes encode(T value, Encoding encoding) {
        if (this == UNIT) {
            return Bytes.EMPTY;
        }
        try {
            WireWriter out = writer(encoding, sizeHint(value));
            write(out, value);
            return out.finish();
        } catch (IOException e) {
            throw new AssertionError("writing into memory failed", e);
        }
    }

    /**
     * Reads a complete message; what follows the value is ignored.
     *
     * @throws RpcException with code MALFORMED
     */
    public final T decode(Bytes message, Encoding encoding) {
        try {
            return this == UNIT ? readNothing() : read(reader(message, encoding));
        } catch (WireException | MessagePackException | IOException e) {
            throw RpcException.malformed("'" + name() + "': " + e.getMessage());
        }
    }

    /** The type in error texts: a record's name, {@code i32}, {@code list of string}. */
    abstract String name();

    /** What the first value on the wire may be, to tell encodings apart; records count as maps. */
    abstract Set<Kind> kinds();

    /** About how many bytes the value takes; exact enough that the buffer seldom has to grow. */
    abstract int sizeHint(T value);

    abstract void write(WireWriter out, T value) throws IOException;

    abstract T read(WireReader in) throws IOException;

    /** Whether a record that is a map goes without this value. */
    boolean isLeftOut(T value) {
        return false;
    }

    @SuppressWarnings("NullAway") // the one value that Void has
    private T readNothing() {
        return null;
    }

    private static WireWriter writer(Encoding encoding, int sizeHint) {
        return switch (encoding) {
            case MSGPACK -> new MsgpackWriter(sizeHint);
            case CBOR -> new CborWriter(sizeHint, true);
            case CBOR_MAP -> new CborWriter(sizeHint, false);
        };
    }

    private static WireReader reader(Bytes message, Encoding encoding) {
        return switch (encoding) {
            case MSGPACK -> new MsgpackReader(message);
            case CBOR -> {
                if (message.isEmpty() || message.at(0) != CborWriter.PREFIX) {
                    throw new WireException("the CBOR prefix is not there");
                }
                yield new CborReader(message, 1);
            }
            case CBOR_MAP -> new CborReader(message, 0);
        };
    }

    private static Codec<Integer> ints(String name, int min, int max) {
        return new Scalar<>(
                name, Kind.INTEGER, value -> 5, (out, value) -> out.signed(inRange(name, value, min, max)), in ->
                        (int) in.signed(name, min, max));
    }

    private static Codec<Long> longs(String name, long min, long max) {
        return new Scalar<>(
                name,
                Kind.INTEGER,
                value -> 9,
                (out, value) -> out.signed(inRange(name, value, min, max)),
                in -> in.signed(name, min, max));
    }

    private static long inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " is not between " + min + " and " + max + " (" + name + ")");
        }
        return value;
    }

    @SuppressWarnings("NullAway") // the one value that Void has
    private static Void readNil(WireReader in) throws IOException {
        if (!in.skipNil()) {
            throw WireException.expected("nil", in.peek());
        }
        return null;
    }

    private interface Write<T> {
        void write(WireWriter out, T value) throws IOException;
    }

    private interface Read<T> {
        T read(WireReader in) throws IOException;
    }

    private static final class Scalar<T> extends Codec<T> {
        private final String name;
        private final Set<Kind> kinds;
        private final ToIntFunction<T> sizeHint;
        private final Write<T> write;
        private final Read<T> read;

        Scalar(String name, Kind kind, ToIntFunction<T> sizeHint, Write<T> write, Read<T> read) {
            this.name = name;
            this.kinds = Set.of(kind);
            this.sizeHint = sizeHint;
            this.write = write;
            this.read = read;
        }

        @Override
        String name() {
            return name;
        }

        @Override
        Set<Kind> kinds() {
            return kinds;
        }

        @Override
        int sizeHint(T value) {
            return sizeHint.applyAsInt(value);
        }

        @Override
        void write(WireWriter out, T value) throws IOException {
            write.write(out, value);
        }

        @Override
        T read(WireReader in) throws IOException {
            return read.read(in);
        }
    }
}
