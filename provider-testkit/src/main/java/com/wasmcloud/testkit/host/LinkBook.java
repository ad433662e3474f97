package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The links of a lattice, and the answers to those who ask for them. Thread-safe. */
final class LinkBook {
    private static final String QUEUE = "hosts";

    private final NatsConnection connection;
    private final String subject;
    private final List<LinkDefinition> links = new ArrayList<>();
    private List<LinkDefinition> before = List.of();
    private LinkAnswers answers = LinkAnswers.CURRENT;
    private int questions;

    LinkBook(NatsConnection connection, String subject) {
        this.connection = connection;
        this.subject = subject;
        connection.subscribe(subject, QUEUE, this::answer);
    }

    synchronized void put(LinkDefinition link) {
        links.removeIf(other -> isSame(other, link));
        links.add(link);
    }

    synchronized void delete(LinkDefinition link) {
        links.removeIf(other -> isSame(other, link));
    }

    synchronized List<LinkDefinition> links() {
        return List.copyOf(links);
    }

    synchronized int questions() {
        return questions;
    }

    synchronized void choose(LinkAnswers way) {
        if (answers == LinkAnswers.ABSENT && way != LinkAnswers.ABSENT) {
            connection.subscribe(subject, QUEUE, this::answer);
        }
        if (answers != LinkAnswers.ABSENT && way == LinkAnswers.ABSENT) {
            connection.unsubscribe(subject);
        }
        before = links();
        answers = way;
    }

    private synchronized void answer(Message question) {
        questions++;
        String replyTo = question.replyTo();
        if (replyTo == null || answers == LinkAnswers.SILENT) {
            return;
        }
        Bytes answer =
                switch (answers) {
                    case MALFORMED -> Bytes.utf8("{\"links\":[{\"actor_id\":");
                    case STALE -> json(before);
                    default -> json(links);
                };
        connection.publish(replyTo, answer.toByteArray());
    }

    private static Bytes json(List<LinkDefinition> links) {
        return Bytes.utf8(Json.write(
                Map.of("links", links.stream().map(LinkDefinition::toJson).toList())));
    }

    private static boolean isSame(LinkDefinition one, LinkDefinition other) {
        return one.actorId().equals(other.actorId())
                && one.providerId().equals(other.providerId())
                && one.linkName().equals(other.linkName());
    }
}
