/** The contract {@code wasmcloud:keyvalue}: strings, counters, lists and sets under keys. */
@NullMarked
package com.wasmcloud.contract.keyvalue;

import org.jspecify.annotations.NullMarked;
