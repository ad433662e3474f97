package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.LargePayloads;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.Value;

/** Replies of providers, read with the demands that each host family makes. */
final class ReplyReader {
    private ReplyReader() {}

    /** The result in a reply; fails with what the provider says, or with what the host would have against the reply. */
    static CompletionStage<Bytes> result(TestHost host, String id, Bytes reply) {
        try {
            Map<Value, Value> map = Msgpack.map(reply);
            return switch (host.form()) {
                case RUST -> rust(host.payloads(), id, map);
                case OTP -> otp(host.payloads(), id, map);
                case HARNESS -> harness(host.payloads(), id, map);
            };
        } catch (IllegalArgumentException unusable) {
            throw new AssertionError(
                    "a host of the %s family cannot use the reply %s: %s"
                            .formatted(host.form(), reply.toHex(), unusable.getMessage()),
                    unusable);
        }
    }

    /** Sizes are checked before the error is looked at. */
    private static CompletionStage<Bytes> rust(LargePayloads payloads, String id, Map<Value, Value> reply) {
        long length = Msgpack.number(reply, "content_length");
        Bytes msg = Msgpack.bytes(reply, "msg");
        if (!Msgpack.text(reply, "invocation_id").equals(id)) {
            throw new IllegalArgumentException("invocation ID mismatch");
        }
        boolean chunked = length > LargePayloads.LARGEST_INLINE;
        if (!chunked && length != msg.size()) {
            throw new IllegalArgumentException("message size mismatch");
        }
        Optional<String> error = Msgpack.get(reply, "error").map(present -> Msgpack.text(reply, "error"));
        return error.map(ReplyReader::failed)
                .orElseGet(() -> chunked ? payloads.fetch(id + "-r", length) : CompletableFuture.completedFuture(msg));
    }

    private static CompletionStage<Bytes> otp(LargePayloads payloads, String id, Map<Value, Value> reply) {
        Optional<Value> error = Msgpack.get(reply, "error").filter(value -> !value.isNilValue());
        if (error.isPresent()) {
            return failed(Msgpack.text(reply, "error"));
        }
        return whole(payloads, id, reply);
    }

    private static CompletionStage<Bytes> harness(LargePayloads payloads, String id, Map<Value, Value> reply) {
        if (Msgpack.get(reply, "error").isPresent()) {
            return failed(Msgpack.text(reply, "error"));
        }
        return whole(payloads, id, reply);
    }

    private static CompletionStage<Bytes> whole(LargePayloads payloads, String id, Map<Value, Value> reply) {
        Bytes msg = Msgpack.bytes(reply, "msg");
        long length = Msgpack.get(reply, "content_length").isPresent() ? Msgpack.number(reply, "content_length") : 0;
        return length > msg.size() ? payloads.fetch(id + "-r", length) : CompletableFuture.completedFuture(msg);
    }

    private static CompletionStage<Bytes> failed(String error) {
        return CompletableFuture.failedFuture(RpcException.of(Code.REMOTE, error));
    }

    /** The reply to a question for health. */
    static Health health(HostForm form, Bytes reply) {
        try {
            return form == HostForm.HARNESS ? jsonHealth(reply) : msgpackHealth(reply);
        } catch (IllegalArgumentException unusable) {
            throw new AssertionError(
                    "a host of the %s family cannot use the health reply %s: %s"
                            .formatted(form, reply.toHex(), unusable.getMessage()),
                    unusable);
        }
    }

    private static Health msgpackHealth(Bytes reply) {
        Map<Value, Value> map = Msgpack.map(reply);
        boolean healthy = Msgpack.get(map, "healthy")
                .filter(Value::isBooleanValue)
                .orElseThrow(() -> new IllegalArgumentException("'healthy' is missing or neither true nor false"))
                .asBooleanValue()
                .getBoolean();
        String message = Msgpack.get(map, "message").isPresent() ? Msgpack.text(map, "message") : "";
        return new Health(healthy, message);
    }

    private static Health jsonHealth(Bytes reply) {
        Map<String, @Nullable Object> map = Json.object(reply);
        if (map.get("healthy") instanceof Boolean healthy) {
            return new Health(healthy, Json.text(map, "message"));
        }
        throw new IllegalArgumentException("'healthy' is missing or neither true nor false");
    }
}
