/** The log of a provider process: levels, line formats and where lines go. */
@NullMarked
package com.wasmcloud.provider.logs;

import org.jspecify.annotations.NullMarked;
