/** The connection to NATS, and how a provider gets in. Knows no protocol above it. */
@NullMarked
package com.wasmcloud.nats;

import org.jspecify.annotations.NullMarked;
