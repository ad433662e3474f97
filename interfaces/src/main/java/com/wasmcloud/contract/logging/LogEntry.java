package com.wasmcloud.contract.logging;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * One line for the log. Bytes of its texts that are not UTF-8 are read as U+FFFD, the replacement character: a damaged
 * line in the log is better than none. An immutable value.
 *
 * @param level {@code debug}, {@code info}, {@code warn} or {@code error} in the contract; callers also send
 *     {@code trace} and {@code critical}, and nothing keeps them from sending something else
 * @param text as the actor wrote it: may have line breaks and control characters in it
 * @param target what the line is about; only callers of {@link LoggingContract#LEGACY} send it
 */
public record LogEntry(String level, String text, Optional<String> target) {
    /** How it is written and read. */
    public static final Codec<LogEntry> CODEC = Codec.record("LogEntry", fields -> {
        var level = fields.withDefault("level", Codec.LENIENT_STRING, "", LogEntry::level);
        var text = fields.withDefault("text", Codec.LENIENT_STRING, "", LogEntry::text);
        var target = fields.optional("target", Codec.LENIENT_STRING, LogEntry::target);
        return in -> new LogEntry(in.get(level), in.get(text), in.get(target));
    });
}
