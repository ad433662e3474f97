/** Measures the parts of a call one by one, with JMH. */
@NullMarked
package com.wasmcloud.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
