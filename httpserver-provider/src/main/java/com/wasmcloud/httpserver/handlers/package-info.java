/**
 * The handlers that every request to a link passes, one after another, whatever contract the application speaks: see
 * {@code HttpLink} for their order.
 */
@NullMarked
package com.wasmcloud.httpserver.handlers;

import org.jspecify.annotations.NullMarked;
