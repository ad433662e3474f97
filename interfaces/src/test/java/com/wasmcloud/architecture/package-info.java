/** The rules that say which module may use what, for the architecture test of every module. */
@NullMarked
package com.wasmcloud.architecture;

import org.jspecify.annotations.NullMarked;
