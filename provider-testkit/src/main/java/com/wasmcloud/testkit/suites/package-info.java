/** The rules of each contract as a test suite, and implementations in memory. */
@NullMarked
package com.wasmcloud.testkit.suites;

import org.jspecify.annotations.NullMarked;
