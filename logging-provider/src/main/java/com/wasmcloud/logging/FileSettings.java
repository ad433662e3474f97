package com.wasmcloud.logging;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A file, and when it makes room for a new one.
 *
 * @param path absolute; older files have {@code .1}, {@code .2} and so on behind it
 * @param rotateBytes size that it does not exceed, 0 for any
 * @param rotateEvery the file has lines of one such period of time (in UTC) only, zero for no such limit
 * @param keep how many older files stay
 * @param fsync whether lines are on the disk, and not only with the operating system, before a call is answered
 */
record FileSettings(Path path, long rotateBytes, Duration rotateEvery, int keep, boolean fsync) {}
