/**
 * The capability provider {@code wasmcloud:httpserver}: receives HTTP requests and dispatches them to the linked actors. A
 * reader starts at {@link com.wasmcloud.httpserver.HttpServerProvider} and finds the way of a request in {@code HttpLink}.
 */
@NullMarked
package com.wasmcloud.httpserver;

import org.jspecify.annotations.NullMarked;
