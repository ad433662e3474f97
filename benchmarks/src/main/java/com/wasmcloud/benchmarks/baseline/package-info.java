/**
 * The programs that providers are compared with, each run as a process of its own: the least that has to be done for a
 * call, and no checks.
 */
@NullMarked
package com.wasmcloud.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
