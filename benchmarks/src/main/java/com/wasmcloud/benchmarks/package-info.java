/**
 * Measures the providers under load: real servers, real processes, signed calls. {@link com.wasmcloud.benchmarks.Benchmarks}
 * is the door.
 */
@NullMarked
package com.wasmcloud.benchmarks;

import org.jspecify.annotations.NullMarked;
