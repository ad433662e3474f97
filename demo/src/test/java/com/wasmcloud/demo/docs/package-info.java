/** Tests of what the documentation shows. */
@NullMarked
package com.wasmcloud.demo.docs;

import org.jspecify.annotations.NullMarked;
