/** Serves the logging contract: the lines of actors go to standard error, to files, or to a collector of OpenTelemetry. */
@NullMarked
package com.wasmcloud.logging;

import org.jspecify.annotations.NullMarked;
