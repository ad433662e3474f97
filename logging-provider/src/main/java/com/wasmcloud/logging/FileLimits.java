package com.wasmcloud.logging;

import java.time.Duration;

/**
 * When a file is replaced by a new one, and when its lines count as written. An immutable value.
 *
 * @param rotateBytes size that the file does not exceed, 0 for any
 * @param rotateEvery the file has lines of one such period of time (in UTC) only, zero for no such limit
 * @param keep how many older files stay
 * @param fsync whether lines are on the disk, and not only with the operating system, before a call is answered
 */
record FileLimits(long rotateBytes, Duration rotateEvery, int keep, boolean fsync) {}
