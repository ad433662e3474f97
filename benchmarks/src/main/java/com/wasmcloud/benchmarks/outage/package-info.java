/** What is lost when servers are killed. */
@NullMarked
package com.wasmcloud.benchmarks.outage;

import org.jspecify.annotations.NullMarked;
