package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.RareLog;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests that a handler has failed, and logs why. Thread-safe. */
public final class FailureHandler implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    private final String actorId;
    private final RareLog log = new RareLog(LOG);
    private final RareLog unexpected = new RareLog(LOG);

    public FailureHandler(String actorId) {
        this.actorId = actorId;
    }

    @Override
    public void handle(RoutingContext routing) {
        Throwable cause = routing.failure();
        HttpFailure failure = cause instanceof HttpFailure known ? known : HttpFailure.unexpected(cause);
        report(failure);
        InFlight request = InFlight.of(routing);
        if (request.settled()) {
            return;
        }
        if (request.isAnswered()) {
            LOG.debug("a client of actor {} went away before its answer", actorId);
            request.lost();
            return;
        }
        try {
            request.answered(failure.answer(routing.request()), 0);
        } catch (RuntimeException e) { // the connection may have closed meanwhile
            LOG.debug("a client of actor {} went away before its answer", actorId, e);
            request.lost();
        }
    }

    private void report(HttpFailure failure) {
        Throwable cause = failure.getCause();
        String reason = cause instanceof RpcException ? String.valueOf(cause.getMessage()) : failure.sentence();
        log.warn("answered a request for actor " + actorId + " with " + failure.status() + ": " + reason);
        if (cause != null && !(cause instanceof RpcException)) {
            unexpected.error("a request for actor " + actorId + " failed in a way the provider did not expect", cause);
        }
    }
}
