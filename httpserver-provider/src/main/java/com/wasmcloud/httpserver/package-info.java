/**
 * The capability provider {@code wasmcloud:httpserver}: listens for HTTP requests and hands each to the actor that is
 * linked. A reader starts at {@link com.wasmcloud.httpserver.HttpServerProvider}.
 */
@NullMarked
package com.wasmcloud.httpserver;

import org.jspecify.annotations.NullMarked;
