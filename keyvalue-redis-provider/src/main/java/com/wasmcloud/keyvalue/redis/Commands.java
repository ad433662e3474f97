package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The commands that this provider sends, by the kind of their answer; each object is for sending once. */
final class Commands {
    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

    private Commands() {}

    /** Arguments to add to. */
    static CommandArgs<byte[], byte[]> arguments() {
        return new CommandArgs<>(CODEC);
    }

    /** Arguments that begin with a key, by which a cluster finds the server. */
    static CommandArgs<byte[], byte[]> key(byte[] key) {
        return arguments().addKey(key);
    }

    /** Answers with OK. */
    static AsyncCommand<byte[], byte[], String> status(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return command(type, new StatusOutput<>(CODEC), arguments);
    }

    /** Answers with a number. */
    static AsyncCommand<byte[], byte[], Long> number(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return command(type, new IntegerOutput<>(CODEC), arguments);
    }

    /** Answers with a value, null when there is none. */
    static AsyncCommand<byte[], byte[], byte[]> value(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return command(type, new ValueOutput<>(CODEC), arguments);
    }

    /** Answers with any number of values. */
    static AsyncCommand<byte[], byte[], List<byte[]>> values(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return command(type, new ValueListOutput<>(CODEC), arguments);
    }

    /** Asks a sentinel for host and port of a primary. */
    static AsyncCommand<byte[], byte[], List<byte[]>> primary(String name) {
        return values(
                CommandType.SENTINEL, arguments().add("GET-MASTER-ADDR-BY-NAME").add(name));
    }

    /** Asks for a sign of life. */
    static AsyncCommand<byte[], byte[], String> ping() {
        return status(CommandType.PING, arguments());
    }

    /** What the answer to a ping says is wrong with the server; fails when there is no answer. */
    static CompletionStage<Optional<String>> trouble(CompletionStage<String> ping) {
        return ping.handle((pong, failure) -> {
            if (failure == null) {
                return Optional.empty();
            }
            if (failure instanceof RedisCommandExecutionException error) {
                String text = String.valueOf(error.getMessage());
                // without permission it is alive, just not allowed to say so
                return text.startsWith("NOPERM") ? Optional.empty() : Optional.of("answers " + text);
            }
            throw new CompletionException(failure);
        });
    }

    private static <T> AsyncCommand<byte[], byte[], T> command(
            CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> arguments) {
        return new AsyncCommand<>(new Command<>(type, output, arguments));
    }
}
