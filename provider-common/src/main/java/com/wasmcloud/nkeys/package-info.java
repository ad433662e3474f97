/** The keys of NATS and wasmCloud: Ed25519, written as base32 text that begins with what a key is for. */
@NullMarked
package com.wasmcloud.nkeys;

import org.jspecify.annotations.NullMarked;
