package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.Node;
import com.wasmcloud.provider.support.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the host tells and asks a provider beside calls: links, health, and the request to stop. Thread-safe. */
final class ControlMessages {
    private static final Logger LOG = LoggerFactory.getLogger(ControlMessages.class);
    private static final Duration HEALTH_ANSWERED_WITHIN = Duration.ofSeconds(1);
    private static final Duration LINKS_LOOKED_AT_EVERY = Duration.ofMillis(5);
    private static final int LONGEST_REASON = 64 * 1024;

    private final NatsConnection connection;
    private final String hostId;
    private final Node<?> node;
    private final ActorLinks links;
    private final LinkSync sync;

    ControlMessages(NatsConnection connection, String hostId, Node<?> node, ActorLinks links, LinkSync sync) {
        this.connection = connection;
        this.hostId = hostId;
        this.node = node;
        this.links = links;
        this.sync = sync;
    }

    void linkPut(Message message) {
        onLink(message, true);
    }

    void linkDeleted(Message message) {
        onLink(message, false);
    }

    private void onLink(Message message, boolean put) {
        LinkDefinition link;
        try {
            link = LinkDefinition.decode(message.payload());
        } catch (RuntimeException e) {
            LOG.warn("ignoring a link message on {} that cannot be understood: {}", message.subject(), e.getMessage());
            return;
        }
        links.thread().execute(() -> {
            sync.changed(link.actorId());
            if (put) {
                links.put(link);
            } else {
                links.delete(link.actorId());
            }
        });
    }

    /**
     * Answers health requests from when the links of the host data are up or have failed to come up, a second later at the
     * most: a host asks as soon as somebody may answer, and would be told that nothing is known yet.
     */
    void answerHealth(String subject) {
        answerHealth(subject, System.nanoTime() + HEALTH_ANSWERED_WITHIN.toNanos());
    }

    private void answerHealth(String subject, long latest) {
        if (node.links().settled() || System.nanoTime() - latest >= 0) {
            connection.subscribe(subject, this::health);
        } else {
            node.links().after(LINKS_LOOKED_AT_EVERY, () -> answerHealth(subject, latest));
        }
    }

    private void health(Message message) {
        String replyTo = message.replyTo();
        if (replyTo != null && HealthQuestion.isForUs(message.payload())) {
            Health health = node.health().get();
            HealthCheckResponse response = new HealthCheckResponse(
                    health.healthy(), health.healthy() ? Optional.empty() : Optional.of(cut(health.reason())));
            connection.publish(replyTo, response.encodedFor(message.payload()).toByteArray());
        }
    }

    private String cut(String reason) {
        int most = (int) Math.min(LONGEST_REASON, connection.maxPayload() / 8);
        return reason.length() <= most ? reason : reason.substring(0, most) + "…";
    }

    void shutdown(Message message) {
        String replyTo = message.replyTo();
        if (replyTo == null || !isForUs(message.payload())) {
            return;
        }
        LOG.info("the host asks {} to stop", node.name());
        node.stop().accept(() -> connection.publish(replyTo, "shutting down".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Old hosts name no host; every other request is for the host it names, and all providers of that key hear it. */
    private boolean isForUs(Bytes request) {
        String wanted = "";
        try {
            wanted = Json.text(Json.object(request), "host_id");
        } catch (IllegalArgumentException e) {
            LOG.debug("a request to stop names no host");
        }
        return wanted.isEmpty() || wanted.equals(hostId);
    }
}
