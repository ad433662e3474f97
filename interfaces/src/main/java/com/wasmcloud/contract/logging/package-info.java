/** The logging contract, under its two ids: lines that an actor wants to see in a log. */
@NullMarked
package com.wasmcloud.contract.logging;

import org.jspecify.annotations.NullMarked;
