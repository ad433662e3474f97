/** Providers under steady load for a long time, or in little memory: does anything fail, and does anything grow? */
@NullMarked
package com.wasmcloud.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
