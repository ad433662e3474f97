/** Providers beside baselines and peers, one after the other under the same load. */
@NullMarked
package com.wasmcloud.benchmarks.load;

import org.jspecify.annotations.NullMarked;
