package com.wasmcloud.provider.logs;

import java.util.Map;
import java.util.logging.Level;

/**
 * How much libraries log at the most, whatever they are asked for.
 *
 * <p>Their details are for those who develop them, and show what goes over the wire: the AWS SDK prints the requests that it
 * signs with their session tokens, Netty whole messages with their headers, the JDK's HTTP client the headers that it sends,
 * Lettuce every command that it writes, AUTH with its password among them. So none logs below info, but for those whose
 * lines at debug have been looked through; Lettuce writes commands out only at trace.
 */
final class LibraryLimits {
    private static final Level OF_OTHERS = Level.INFO;
    private static final Map<String, Level> LIMITS =
            Map.of("com.wasmcloud", Level.ALL, "io.lettuce", Level.FINE, "io.nats", Level.FINE, "io.vertx", Level.FINE);

    private LibraryLimits() {}

    /** The level that is wanted, or the lowest that the loggers of that name may have. */
    static Level limited(String target, Level wanted) {
        Level limit = LIMITS.entrySet().stream()
                .filter(entry -> target.equals(entry.getKey()) || target.startsWith(entry.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OF_OTHERS);
        return wanted.intValue() < limit.intValue() ? limit : wanted;
    }
}
