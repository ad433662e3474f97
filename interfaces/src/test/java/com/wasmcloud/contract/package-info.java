/** Every message of every contract with its bytes, for the tests of this module and of those that carry them. */
@NullMarked
package com.wasmcloud.contract;

import org.jspecify.annotations.NullMarked;
