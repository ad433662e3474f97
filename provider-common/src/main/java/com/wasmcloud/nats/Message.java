package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.Bytes;
import io.nats.client.impl.Headers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that arrived.
 *
 * @param replyTo where an answer goes, null when none is wanted
 * @param headers the last value of each of its headers, empty when there are none
 */
public record Message(String subject, @Nullable String replyTo, Bytes payload, Map<String, String> headers) {
    static Message of(io.nats.client.Message message) {
        return new Message(message.getSubject(), message.getReplyTo(), Bytes.wrap(message.getData()), headers(message));
    }

    private static Map<String, String> headers(io.nats.client.Message message) {
        if (!message.hasHeaders()) {
            return Map.of();
        }
        Headers headers = message.getHeaders();
        Map<String, String> last = new HashMap<>();
        for (String name : headers.keySet()) {
            String value = headers.getLast(name);
            if (value != null) {
                last.put(name, value);
            }
        }
        return last;
    }
}
