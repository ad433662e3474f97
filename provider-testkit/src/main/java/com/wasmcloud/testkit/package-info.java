/**
 * What tests of capability providers need around them: real servers, a host, actors. Everything here owns something
 * that runs and is closed by whoever started it.
 */
@NullMarked
package com.wasmcloud.testkit;

import org.jspecify.annotations.NullMarked;
