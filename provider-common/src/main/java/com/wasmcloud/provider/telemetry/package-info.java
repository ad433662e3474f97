/**
 * How providers are watched: what they report, and to whom. Nothing here knows the libraries that do it; those are loaded
 * only when somebody wants to watch.
 */
@NullMarked
package com.wasmcloud.provider.telemetry;

import org.jspecify.annotations.NullMarked;
