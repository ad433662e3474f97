package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisReadOnlyException;
import java.util.Set;

/**
 * Tells the error replies of Redis apart. Redis marks them by their first word, and the client has types for a few of
 * them only.
 */
final class Replies {
    /** Other conditions of the server or the data, under which INCRBY would fail in the same way. */
    private static final Set<String> CONDITIONS = Set.of(
            "WRONGTYPE",
            "OOM",
            "MISCONF",
            "MASTERDOWN",
            "NOREPLICAS",
            "CLUSTERDOWN",
            "CROSSSLOT",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "NOAUTH",
            "UNKILLABLE",
            "EXECABORT");

    private Replies() {}

    /** Whether the user may not run the command. */
    static boolean isNotPermitted(RedisCommandExecutionException error) {
        return code(error).equals("NOPERM");
    }

    /** Whether the login is refused, or needed and not done. */
    static boolean isLoginRefused(Throwable failure) {
        return failure instanceof RedisCommandExecutionException error
                && (code(error).equals("WRONGPASS")
                        || code(error).equals("NOAUTH")
                        || text(error).startsWith("ERR invalid password")
                        || text(error).startsWith("ERR invalid username-password"));
    }

    /**
     * Whether the server refused to run a script at all. Everything counts as that which is not known to come from
     * inside the script or to pass: servers and proxies without scripts have many words for it.
     */
    static boolean isScriptRefused(RedisCommandExecutionException error) {
        if (error instanceof RedisNoScriptException
                || error instanceof RedisReadOnlyException
                || error instanceof RedisLoadingException
                || error instanceof RedisBusyException
                || CONDITIONS.contains(code(error))) {
            return false;
        }
        String text = text(error);
        return !text.contains("not an integer or out of range")
                && !text.contains("would overflow")
                && !text.startsWith("upstream"); // a proxy lost the server: nobody knows whether the script ran
    }

    private static String code(RedisCommandExecutionException error) {
        String text = text(error);
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    private static String text(RedisCommandExecutionException error) {
        return String.valueOf(error.getMessage());
    }
}
