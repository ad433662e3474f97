/** The conformance check: whether an executable, in whatever language, keeps the protocol and its contract. */
@NullMarked
package com.wasmcloud.testkit.verify;

import org.jspecify.annotations.NullMarked;
