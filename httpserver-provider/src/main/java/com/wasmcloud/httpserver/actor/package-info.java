/**
 * The last handlers of a link, which speak {@code wasmcloud:httpserver} of wasmCloud 0.x: a request is one message with the
 * whole body, and so is its answer. Another contract, such as one that streams bodies, has a package like this one.
 */
@NullMarked
package com.wasmcloud.httpserver.actor;

import org.jspecify.annotations.NullMarked;
