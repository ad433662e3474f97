/** Traces and metrics by OpenTelemetry; the only code that knows it, loaded by name when it is switched on. */
@NullMarked
package com.wasmcloud.provider.telemetry.otel;

import org.jspecify.annotations.NullMarked;
