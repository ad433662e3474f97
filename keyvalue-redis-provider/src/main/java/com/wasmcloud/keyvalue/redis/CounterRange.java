package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.codec.Base16;
import java.nio.charset.StandardCharsets;

/**
 * The values that a counter may have, and the script that keeps it to them. An immutable value; making one is for once.
 *
 * <p>The script takes back with INCRBY: a user may be allowed that, and not DECRBY.
 */
final class CounterRange {
    /** What Redis says where 64 bits are too few. */
    static final String OVERFLOW = "ERR increment or decrement would overflow";

    private static final long EXACT_IN_SCRIPTS = 1L << 53;

    private final long least;
    private final long most;
    private final byte[] script;
    private final byte[] digest;

    /**
     * A range of whole numbers.
     *
     * @throws IllegalArgumentException when it is wider than the numbers that scripts in Redis can tell apart, 53 bits
     */
    CounterRange(long least, long most) {
        if (least < -EXACT_IN_SCRIPTS || most > EXACT_IN_SCRIPTS) {
            throw new IllegalArgumentException("scripts of Redis cannot hold a counter to so wide a range");
        }
        this.least = least;
        this.most = most;
        this.script = """
            local sum = redis.pcall('INCRBY', KEYS[1], ARGV[1])
            if type(sum) == 'number' and (sum > %d or sum < %d) then
              redis.call('INCRBY', KEYS[1], ARGV[2])
              return redis.error_reply('%s')
            end
            return sum
            """.formatted(most, least, OVERFLOW).getBytes(StandardCharsets.UTF_8);
        this.digest = Base16.digest(script).getBytes(StandardCharsets.US_ASCII);
    }

    boolean holds(long value) {
        return value >= least && value <= most;
    }

    /** Adds the first argument to the key, and takes it back by adding the second when the sum is out of range. */
    byte[] script() {
        return script;
    }

    /** By which Redis knows the script once it has it. */
    byte[] digest() {
        return digest;
    }
}
