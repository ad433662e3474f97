/**
 * Ports, connections and TLS on Vert.x and Netty. All that reaches into their internals is here, behind
 * {@link com.wasmcloud.httpserver.vertx.HttpPorts} and {@link com.wasmcloud.httpserver.vertx.HttpPort}.
 */
@NullMarked
package com.wasmcloud.httpserver.vertx;

import org.jspecify.annotations.NullMarked;
