package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.MapValue;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** MessagePack without the codecs of the providers, so that a mistake in those shows. */
final class Msgpack {
    /** Text that goes into the string family though it may be no text, as hosts in Elixir write bytes. */
    record RawText(Bytes bytes) {}

    private Msgpack() {}

    /** Writes maps (in their order), lists, text, {@link RawText}, {@link Bytes}, numbers, booleans and null. */
    static Bytes write(Object value) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(packer, value);
            return Bytes.wrap(packer.toByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Reads a map that is all there is.
     *
     * @throws IllegalArgumentException when it is no map, broken, or followed by anything
     */
    static Map<Value, Value> map(Bytes message) {
        try (MessageUnpacker unpacker =
                MessagePack.newDefaultUnpacker(message.array(), message.offset(), message.size())) {
            Value value = unpacker.unpackValue();
            if (unpacker.hasNext()) {
                throw new IllegalArgumentException("there is something after the value");
            }
            if (value instanceof MapValue map) {
                return map.map();
            }
            throw new IllegalArgumentException("it is no map but " + value.getValueType());
        } catch (IOException | MessagePackException failure) {
            throw new IllegalArgumentException("it is no MessagePack: " + failure.getMessage(), failure);
        }
    }

    /** The value of a key; empty when the key is missing, and nil when it is nil. */
    static Optional<Value> get(Map<Value, Value> map, String key) {
        return Optional.ofNullable(map.get(ValueFactory.newString(key)));
    }

    static String text(Map<Value, Value> map, String key) {
        return get(map, key)
                .filter(Value::isStringValue)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing or no text".formatted(key)))
                .asStringValue()
                .asString();
    }

    /** The bytes of a value in the binary or the string family. */
    static Bytes bytes(Map<Value, Value> map, String key) {
        return Bytes.wrap(get(map, key)
                .filter(Value::isRawValue)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing or no bytes".formatted(key)))
                .asRawValue()
                .asByteArray());
    }

    static long number(Map<Value, Value> map, String key) {
        return get(map, key)
                .filter(Value::isIntegerValue)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing or no whole number".formatted(key)))
                .asIntegerValue()
                .asLong();
    }

    /** The texts of a map; none where the key is missing or nil. */
    static Map<String, String> texts(Map<Value, Value> map, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        get(map, key).filter(value -> !value.isNilValue()).ifPresent(value -> value.asMapValue()
                .map()
                .forEach((name, text) -> texts.put(
                        name.asStringValue().asString(), text.asStringValue().asString())));
        return texts;
    }

    private static void pack(MessageBufferPacker packer, @Nullable Object value) throws IOException {
        if (value == null) {
            packer.packNil();
        } else if (value instanceof Map<?, ?> map) {
            packer.packMapHeader(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                pack(packer, entry.getKey());
                pack(packer, entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            packer.packArrayHeader(list.size());
            for (Object element : list) {
                pack(packer, element);
            }
        } else if (value instanceof Bytes bytes) {
            packer.packBinaryHeader(bytes.size());
            packer.writePayload(bytes.toByteArray());
        } else if (value instanceof RawText text) {
            packer.packRawStringHeader(text.bytes().size());
            packer.writePayload(text.bytes().toByteArray());
        } else if (value instanceof Number number) {
            packer.packLong(number.longValue());
        } else if (value instanceof Boolean flag) {
            packer.packBoolean(flag);
        } else {
            packer.packString(value.toString());
        }
    }
}
