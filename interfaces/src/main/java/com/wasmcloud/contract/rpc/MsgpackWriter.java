package com.wasmcloud.contract.rpc;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** MessagePack in its shortest form, records as maps. */
final class MsgpackWriter extends WireWriter {
    private static final MessagePack.PackerConfig CONFIG = new MessagePack.PackerConfig();

    private final WireBuffer buffer;
    private final MessagePacker packer;

    MsgpackWriter(WireBuffer buffer) {
        this.buffer = buffer;
        packer = CONFIG.newPacker(buffer);
    }

    @Override
    void nil() throws IOException {
        packer.packNil();
    }

    @Override
    void bool(boolean value) throws IOException {
        packer.packBoolean(value);
    }

    @Override
    void signed(long value) throws IOException {
        packer.packLong(value);
    }

    @Override
    void unsigned(long value) throws IOException {
        if (value >= 0) {
            packer.packLong(value);
        } else {
            packer.packBigInteger(new BigInteger(Long.toUnsignedString(value)));
        }
    }

    @Override
    void text(String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        packer.packRawStringHeader(utf8.length);
        packer.writePayload(utf8);
    }

    @Override
    void bytes(Bytes value) throws IOException {
        packer.packBinaryHeader(value.size());
        packer.writePayload(value.array(), value.offset(), value.size());
    }

    @Override
    void list(int size) throws IOException {
        packer.packArrayHeader(size);
    }

    @Override
    void map(int size) throws IOException {
        packer.packMapHeader(size);
    }

    @Override
    void name(FieldName name) throws IOException {
        packer.writePayload(name.msgpack);
    }

    @Override
    Bytes finish() throws IOException {
        packer.flush();
        return buffer.toBytes();
    }
}
