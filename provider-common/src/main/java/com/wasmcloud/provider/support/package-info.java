/** Utilities that the runtime and all providers share. */
@NullMarked
package com.wasmcloud.provider.support;

import org.jspecify.annotations.NullMarked;
