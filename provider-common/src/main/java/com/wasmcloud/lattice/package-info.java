/**
 * The wasmbus protocol itself: keys, claims, envelopes, host data, subjects, large payloads, and the connection that
 * carries them. Providers are built on it, and so are hosts and actors for tests and demonstrations.
 */
@NullMarked
package com.wasmcloud.lattice;

import org.jspecify.annotations.NullMarked;
