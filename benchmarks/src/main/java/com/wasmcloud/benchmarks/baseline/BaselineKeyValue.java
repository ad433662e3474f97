package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.nkeys.Ed25519;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Answers {@code KeyValue.Get} with the least work that can be called an answer: reads the envelope, verifies the
 * signature, hashes the call, asks Redis, writes the reply. Nothing is compared with anything, there are no links, and
 * no failure is handled.
 */
public final class BaselineKeyValue {
    private static final int WORKERS = 2;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(BaselineKeyValue::sha256);

    private final Connection nats;
    private final RedisAsyncCommands<String, String> redis;
    private final byte[] issuer;
    private final Ed25519 signatures = Ed25519.fastest();

    private BaselineKeyValue(Connection nats, RedisAsyncCommands<String, String> redis, byte[] issuer) {
        this.nats = nats;
        this.redis = redis;
        this.issuer = issuer;
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, Redis URL, the key that signs calls
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        RedisAsyncCommands<String, String> redis =
                RedisClient.create(arguments[2]).connect().async();
        BaselineKeyValue baseline = new BaselineKeyValue(member.nats(), redis, rawKey(arguments[3]));
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        member.serve(arguments[1], message -> workers.execute(() -> baseline.serve(message)));
    }

    private void serve(Message message) {
        try {
            Call call = Call.read(message.getData());
            verify(call);
            String key = MessagePack.newDefaultUnpacker(call.argument).unpackString();
            redis.get(key).thenAccept(value -> nats.publish(message.getReplyTo(), reply(call.id, value)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void verify(Call call) {
        int dot = call.token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(call.token.substring(dot + 1));
        byte[] signed = call.token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = SHA_256.get();
        digest.update(call.urls().getBytes(StandardCharsets.UTF_8));
        digest.update(call.argument);
        if (!signatures.verify(issuer, signed, signature) || digest.digest().length != issuer.length) {
            throw new IllegalStateException("a call that nobody signed");
        }
    }

    private static byte[] reply(String id, String value) {
        try (MessageBufferPacker result = MessagePack.newDefaultBufferPacker();
                MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            result.packMapHeader(2).packString("value").packString(value);
            result.packString("exists").packBoolean(true);
            byte[] msg = result.toByteArray();
            packer.packMapHeader(3)
                    .packString("msg")
                    .packBinaryHeader(msg.length)
                    .writePayload(msg);
            packer.packString("invocation_id").packString(id);
            packer.packString("content_length").packInt(msg.length);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The 32 bytes in the text of a key, which is base32 over a type, these bytes and a checksum of two. */
    private static byte[] rawKey(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            digits.append(Character.forDigit(BASE32.indexOf(text.charAt(i)), 32));
        }
        byte[] number = new BigInteger(digits.toString(), 32).toByteArray();
        return Arrays.copyOfRange(number, number.length - 34, number.length - 2);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The fields that are used of an envelope. */
    private static final class Call {
        private String origin = "";
        private String target = "";
        private String linkName = "";
        private String contractId = "";
        private String operation = "";
        private byte[] argument = {};
        private String id = "";
        private String token = "";

        static Call read(byte[] message) throws IOException {
            Call call = new Call();
            MessageUnpacker in = MessagePack.newDefaultUnpacker(message);
            for (int fields = in.unpackMapHeader(); fields > 0; fields--) {
                switch (in.unpackString()) {
                    case "origin" -> call.origin = entity(in)[0];
                    case "target" -> {
                        String[] target = entity(in);
                        call.target = target[0];
                        call.linkName = target[1];
                        call.contractId = target[2];
                    }
                    case "operation" -> call.operation = in.unpackString();
                    case "msg" -> call.argument = in.readPayload(in.unpackBinaryHeader());
                    case "id" -> call.id = in.unpackString();
                    case "encoded_claims" -> call.token = in.unpackString();
                    default -> in.skipValue();
                }
            }
            return call;
        }

        private static String[] entity(MessageUnpacker in) throws IOException {
            String[] values = new String[in.unpackMapHeader()];
            for (int i = 0; i < values.length; i++) {
                in.skipValue();
                values[i] = in.unpackString();
            }
            return values;
        }

        String urls() {
            String contract = contractId.replace(':', '/').toLowerCase(Locale.ROOT);
            return "wasmbus://" + origin + "wasmbus://" + contract + "/" + linkName + "/" + target + "/" + operation
                    + operation;
        }
    }
}
