/** The commands of {@code java -jar provider-testkit.jar}. */
@NullMarked
package com.wasmcloud.testkit.cli;

import org.jspecify.annotations.NullMarked;
