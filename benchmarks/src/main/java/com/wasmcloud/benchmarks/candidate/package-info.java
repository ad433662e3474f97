/** A program that is measured: how it is described, started as a host starts it, and put under load. */
@NullMarked
package com.wasmcloud.benchmarks.candidate;

import org.jspecify.annotations.NullMarked;
