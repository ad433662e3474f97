/** Hosts and actors for tests, and provider processes started as hosts start them. */
@NullMarked
package com.wasmcloud.testkit.host;

import org.jspecify.annotations.NullMarked;
