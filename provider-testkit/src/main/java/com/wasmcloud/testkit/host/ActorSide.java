package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.Message;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.LargePayloads;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.Value;

/** A host in front of one of its actors: takes calls of providers, checks them, and replies. Thread-safe. */
final class ActorSide {
    private final TestHost host;
    private final String actorKey;
    private final ActorHandler handler;

    ActorSide(TestHost host, String actorKey, ActorHandler handler) {
        this.host = host;
        this.actorKey = actorKey;
        this.handler = handler;
    }

    void subscribe() {
        String subject = host.subjects().actor(actorKey);
        host.connection().subscribe(subject, subject, this::accept);
    }

    private void accept(Message message) {
        String replyTo = message.replyTo();
        answer(message).thenAccept(reply -> {
            if (replyTo != null) {
                host.connection().publish(replyTo, reply.toByteArray());
            }
        });
    }

    private CompletionStage<Bytes> answer(Message message) {
        Call call;
        try {
            call = new Call(Msgpack.map(message.payload()), host.form());
        } catch (IllegalArgumentException unusable) {
            return CompletableFuture.completedFuture(
                    failure("UNKNOWN", "Failed to deserialize invocation: " + unusable.getMessage()));
        }
        return call.argument(host.payloads())
                .thenCompose(argument -> {
                    if (host.form() != HostForm.HARNESS) {
                        check(call, argument);
                    }
                    return handler.call(
                            call.operation, argument, call.trace.isEmpty() ? message.headers() : call.trace);
                })
                .thenCompose(result -> success(call.id, result))
                .exceptionally(failure -> failure(call.id, text(failure)));
    }

    private void check(Call call, Bytes argument) {
        boolean rust = host.form() == HostForm.RUST;
        if (rust && !call.hostId.matches("N[A-Z2-7]{55}")) {
            throw refused("invalid host ID on invocation: '%s'".formatted(call.hostId));
        }
        Claims claims = Claims.verify(call.token, Instant.now().getEpochSecond());
        String targetUrl = call.target.url() + "/" + call.operation;
        String hash = Claims.hash(call.origin.url(), targetUrl, call.operation, argument);
        if (!claims.issuer().equals(host.cluster().publicKey())) {
            throw refused("Issuer of this invocation is not among the list of valid issuers");
        }
        if (!claims.targetUrl().equals(targetUrl)) {
            throw refused("Invocation claims and invocation target URL do not match");
        }
        if (!claims.originUrl().equals(call.origin.url())) {
            throw refused("Invocation claims and invocation origin URL do not match");
        }
        if (!argument.isEmpty() && !claims.hash().equals(hash)) {
            throw refused("Invocation hash does not match signed claims hash (%s / %s)".formatted(claims.hash(), hash));
        }
        if (rust && !host.hasStarted(call.origin.publicKey())) {
            throw refused("failed to look up claims for origin");
        }
        if (!rust && !host.knows(actorKey, call.origin.publicKey(), call.origin.contractId())) {
            throw refused("Invocation source does not have the required capability claim " + call.origin.contractId());
        }
    }

    private static RpcException refused(String text) {
        return RpcException.of(RpcException.Code.REFUSED, text);
    }

    private String text(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        String text = String.valueOf(cause.getMessage());
        boolean refused = cause instanceof RpcException rpc && rpc.code() == RpcException.Code.REFUSED;
        return refused && host.form() == HostForm.OTP ? "Anti-forgery check failed: " + text : text;
    }

    private CompletionStage<Bytes> success(String id, Bytes result) {
        if (result.size() <= LargePayloads.LARGEST_INLINE) {
            return CompletableFuture.completedFuture(reply(id, result, result.size(), null));
        }
        return host.payloads()
                .store(id + "-r", result)
                .thenApply(stored -> reply(id, Bytes.EMPTY, result.size(), null));
    }

    private Bytes failure(String id, String error) {
        return reply(id, Bytes.EMPTY, 0, error);
    }

    private Bytes reply(String id, Bytes msg, long length, @Nullable String error) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("msg", host.form() == HostForm.OTP ? new Msgpack.RawText(msg) : msg);
        map.put("invocation_id", id);
        if (error != null) {
            map.put("error", error);
        }
        if (host.form() == HostForm.OTP) {
            map.put("instance_id", UUID.randomUUID().toString());
        }
        if (host.form() != HostForm.HARNESS || length > msg.size()) {
            map.put("content_length", length);
        }
        if (host.form() == HostForm.RUST) {
            map.put("traceContext", Map.of());
        }
        return Msgpack.write(map);
    }

    /** What a provider has sent. */
    private static final class Call {
        private final Entity origin;
        private final Entity target;
        private final String operation;
        private final Bytes msg;
        private final String id;
        private final String token;
        private final String hostId;
        private final long length;
        private final boolean chunked;
        private final Map<String, String> trace;

        Call(Map<Value, Value> map, HostForm form) {
            origin = entity(map, "origin");
            target = entity(map, "target");
            operation = Msgpack.text(map, "operation");
            msg = Msgpack.bytes(map, "msg");
            id = Msgpack.text(map, "id");
            token = Msgpack.text(map, "encoded_claims");
            hostId = Msgpack.text(map, "host_id");
            boolean needed =
                    form == HostForm.RUST || Msgpack.get(map, "content_length").isPresent();
            length = needed ? Msgpack.number(map, "content_length") : msg.size();
            trace = form == HostForm.RUST ? Msgpack.texts(map, "traceContext") : Map.of();
            chunked = form == HostForm.RUST ? length > LargePayloads.LARGEST_INLINE : length > msg.size();
        }

        CompletionStage<Bytes> argument(LargePayloads payloads) {
            return chunked ? payloads.fetch(id, length) : CompletableFuture.completedFuture(msg);
        }

        private static Entity entity(Map<Value, Value> map, String key) {
            Map<Value, Value> entity = Msgpack.get(map, key)
                    .filter(Value::isMapValue)
                    .orElseThrow(() -> new IllegalArgumentException("'%s' is missing or no map".formatted(key)))
                    .asMapValue()
                    .map();
            return new Entity(
                    Msgpack.text(entity, "public_key"),
                    Msgpack.text(entity, "link_name"),
                    Msgpack.text(entity, "contract_id"));
        }
    }
}
