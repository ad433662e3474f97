/** Reading settings: where values come from, and every problem with them at once. */
@NullMarked
package com.wasmcloud.provider.settings;

import org.jspecify.annotations.NullMarked;
