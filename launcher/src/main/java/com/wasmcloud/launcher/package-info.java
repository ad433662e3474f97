/** What makes one executable file of a provider, and what its launcher script needs of Java. */
@NullMarked
package com.wasmcloud.launcher;

import org.jspecify.annotations.NullMarked;
