package com.wasmcloud.logging;

import java.time.Duration;

/**
 * How many lines of a link may wait for their target, and how long their calls do.
 *
 * @param bytes in memory, roughly
 * @param patience how long a call waits for its answer at most
 */
record Bounds(int entries, int bytes, Duration patience) {}
