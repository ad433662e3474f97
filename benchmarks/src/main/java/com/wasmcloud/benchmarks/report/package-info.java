/** What all runs need to tell what they found: tables, medians, and what else the machine was doing. */
@NullMarked
package com.wasmcloud.benchmarks.report;

import org.jspecify.annotations.NullMarked;
