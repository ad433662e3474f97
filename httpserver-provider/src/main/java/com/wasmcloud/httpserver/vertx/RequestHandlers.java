package com.wasmcloud.httpserver.vertx;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Handle what arrives at a port, on its event loops.
 *
 * @param valid must see to it that {@link HttpPort#answered} is called
 * @param malformed gets what could not be decoded; the connection is closed after its answer
 */
public record RequestHandlers(Handler<HttpServerRequest> valid, Handler<HttpServerRequest> malformed) {}
