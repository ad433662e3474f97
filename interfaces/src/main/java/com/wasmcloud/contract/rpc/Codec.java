package com.wasmcloud.contract.rpc;

import com.wasmcloud.contract.rpc.WireReader.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * length before that many bytes are there, and steps over unknown fields down to a fixed depth only.
 *
 * @param <T> what is written and read
 */
public abstract class Codec<T> {
    /** A message from this size on gets an array of exactly its size: to write the rest of it twice costs less than a copy. */
    private static final int WORTH_MEASURING = 64 * 1024;

    /** No value: zero bytes; whatever stands there when reading is ignored. Inside a list or a record: nil. */
    public static final Codec<Void> UNIT =
            new Scalar<>("unit", Kind.NIL, value -> 1, (out, value) -> out.nil(), Codec::readNil);

    /** True or false; a number is neither. */
    public static final Codec<Boolean> BOOL =
            new Scalar<>("boolean", Kind.BOOL, value -> 1, WireWriter::bool, WireReader::bool);

    /** Text; strict UTF-8 when reading, and half a surrogate pair becomes a question mark when writing. */
    public static final Codec<String> STRING =
            new Scalar<>("string", Kind.TEXT, value -> 5 + value.length(), WireWriter::text, WireReader::text);

    /** Text for people: when reading, bytes that are not UTF-8 are replaced by U+FFFD instead of refused. */
    public static final Codec<String> LENIENT_STRING =
            new Scalar<>("string", Kind.TEXT, value -> 5 + value.length(), WireWriter::text, WireReader::lenientText);

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

    /**
     * A record.
     *
     * <pre>{@code
     * Codec<Point> CODEC = Codec.record("Point", fields -> {
     *     var x = fields.required("x", Codec.I32, Point::x);
     *     var y = fields.withDefault("y", Codec.I32, 0, Point::y);
     *     return in -> new Point(in.get(x), in.get(y));
     * });
     * }</pre>
     *
     * @param name the record in error texts
     * @param shape names the fields, in wire order, and returns what makes a record of their values
     */
    public static <R> Codec<R> record(String name, Function<Fields<R>, Function<Values, R>> shape) {
        Fields<R> fields = new Fields<>();
        Function<Values, R> make = shape.apply(fields);
        return new RecordCodec<>(name, fields.inWireOrder(), make);
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
            int size = sizeHint(value);
            if (size >= WORTH_MEASURING) {
                WireBuffer measure = WireBuffer.measure();
                write(value, encoding, measure);
                size = measure.size();
            }
            return write(value, encoding, new WireBuffer(size));
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
            String why = e.getMessage() == null ? "a length beyond what any message has" : e.getMessage();
            throw RpcException.malformed("'" + name() + "': " + why);
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

    private Bytes write(T value, Encoding encoding, WireBuffer to) throws IOException {
        WireWriter out =
                switch (encoding) {
                    case MSGPACK -> new MsgpackWriter(to);
                    case CBOR -> new CborWriter(to, true);
                    case CBOR_MAP -> new CborWriter(to, false);
                };
        write(out, value);
        return out.finish();
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
            throw WireException.expected("nil", in.peek().text());
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
