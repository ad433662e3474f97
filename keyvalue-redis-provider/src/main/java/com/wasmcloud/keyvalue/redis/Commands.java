package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The commands that this provider sends, by the kind of their answer. */
final class Commands {
    private Commands() {}

    /** Arguments to add to. */
    static CommandArgs<byte[], byte[]> arguments() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }

    /** Arguments that begin with a key, by which a cluster finds the server. */
    static CommandArgs<byte[], byte[]> key(byte[] key) {
        return arguments().addKey(key);
    }

    /** Answers with a number. */
    static Request<Long> number(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return new Request<>(type, arguments, Answer::number);
    }

    /** Answers with a string, null when there is none; or with a status such as OK. */
    static Request<byte[]> value(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return new Request<>(type, arguments, Answer::value);
    }

    /** Answers with any number of strings. */
    static Request<List<byte[]>> values(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return new Request<>(type, arguments, Answer::values);
    }

    /** Asks a sentinel for host and port of a primary. */
    static Request<List<byte[]>> primary(String name) {
        return values(
                CommandType.SENTINEL, arguments().add("GET-MASTER-ADDR-BY-NAME").add(name));
    }

    /** Asks whether the server is there. */
    static Request<byte[]> ping() {
        return value(CommandType.PING, arguments());
    }

    /** Asks what the server is: the answer begins with {@code master}, {@code slave} or {@code sentinel}. */
    static Request<byte[]> role() {
        return value(CommandType.ROLE, arguments());
    }

    /** Whether an answer to {@link #role} is that of a replica. */
    static boolean isReplica(byte[] role) {
        return new String(role, StandardCharsets.US_ASCII).equals("slave");
    }

    /**
     * What the answer to a ping says is wrong with the server; empty for nothing. Fails when there is no answer, or when it
     * is about a login.
     */
    static CompletionStage<String> trouble(CompletionStage<?> ping) {
        return ping.handle((pong, failure) -> {
            if (failure == null) {
                return "";
            }
            if (failure instanceof RedisCommandExecutionException error && !Replies.isLoginRefused(error)) {
                // a server that does not permit the ping is there
                return Replies.isNotPermitted(error) ? "" : "answers " + error.getMessage();
            }
            throw new CompletionException(failure);
        });
    }
}
