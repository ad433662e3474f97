/** The wasmbus protocol, 0.x: host data, claims, envelopes, links and payloads too large for a message. */
@NullMarked
package com.wasmcloud.wasmbus;

import org.jspecify.annotations.NullMarked;
