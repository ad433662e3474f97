package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.Entity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call of a provider by an actor, in the form of its host's family, honest unless something is changed: claims are made
 * and signed anew for whatever the call says when it is sent, and changes of single claims and envelope fields come last.
 *
 * <p>Immutable: every method but {@link #encoded} and {@link #send} gives a new description.
 */
public final class TestInvocation {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestHost host;
    private final String subject;
    private final KeyPair issuer;
    private final Duration timeout;
    private final Map<String, String> trace;
    private final Map<String, @Nullable Object> envelope;
    private final Map<String, @Nullable Object> claims;
    private final Map<String, @Nullable Object> fields;

    private TestInvocation(
            TestHost host,
            String subject,
            KeyPair issuer,
            Duration timeout,
            Map<String, String> trace,
            Map<String, @Nullable Object> envelope,
            Map<String, @Nullable Object> claims,
            Map<String, @Nullable Object> fields) {
        this.host = host;
        this.subject = subject;
        this.issuer = issuer;
        this.timeout = timeout;
        this.trace = trace;
        this.envelope = envelope;
        this.claims = claims;
        this.fields = fields;
    }

    static TestInvocation of(TestHost host, String actorKey, TestProvider provider, String operation, Bytes argument) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("origin", Entity.actor(actorKey));
        envelope.put("target", provider.entity());
        envelope.put("operation", operation);
        envelope.put("msg", argument);
        envelope.put("id", id(host.form()));
        String hostId = host.form() == HostForm.OTP ? host.cluster().publicKey() : host.hostKey();
        envelope.put("host_id", hostId);
        return new TestInvocation(
                host, provider.subject(), host.cluster(), PATIENCE, Map.of(), envelope, Map.of(), Map.of());
    }

    /** Signed with another key, which is then the issuer. */
    public TestInvocation signedBy(KeyPair key) {
        return new TestInvocation(host, subject, key, timeout, trace, envelope, claims, fields);
    }

    /** With another target, in the claims as well; the message still goes where it was going. */
    public TestInvocation target(Entity target) {
        return new TestInvocation(
                host, subject, issuer, timeout, trace, with(envelope, "target", target), claims, fields);
    }

    /** From another origin, in the claims as well. */
    public TestInvocation origin(Entity origin) {
        return new TestInvocation(
                host, subject, issuer, timeout, trace, with(envelope, "origin", origin), claims, fields);
    }

    /**
     * With a claim of its own: {@code iss}, {@code sub}, {@code exp}, {@code nbf} and so on, or one of {@code target_url},
     * {@code origin_url} and {@code hash}. The token is signed after that.
     *
     * @param value text, a number, or null to leave the claim out
     */
    public TestInvocation claim(String name, @Nullable Object value) {
        return new TestInvocation(host, subject, issuer, timeout, trace, envelope, with(claims, name, value), fields);
    }

    /**
     * With a field of the envelope of its own, which the claims know nothing of.
     *
     * @param value text, a number, {@link Bytes}, a map, or null to leave the field out
     */
    public TestInvocation field(String name, @Nullable Object value) {
        return new TestInvocation(host, subject, issuer, timeout, trace, envelope, claims, with(fields, name, value));
    }

    /** With a trace context, in every place where the host's family puts it. */
    public TestInvocation traced(Map<String, String> context) {
        return new TestInvocation(host, subject, issuer, timeout, Map.copyOf(context), envelope, claims, fields);
    }

    /** With a limit to the time it may take, 10 seconds otherwise. */
    public TestInvocation within(Duration limit) {
        return new TestInvocation(host, subject, issuer, limit, trace, envelope, claims, fields);
    }

    /** Its id. */
    public String id() {
        return String.valueOf(fields.getOrDefault("id", envelope.get("id")));
    }

    /** The signed token that goes with it, for tests that take one apart. */
    public String token() {
        return token(entity("origin"), entity("target"), operation(), argument());
    }

    /** The operation it calls. */
    public String operation() {
        return String.valueOf(envelope.get("operation"));
    }

    /** Its argument, in hexadecimal. */
    public String argumentHex() {
        return argument().toHex();
    }

    /** The message as it goes to NATS. */
    public Bytes encoded() {
        Entity origin = entity("origin");
        Entity target = entity("target");
        String operation = operation();
        Bytes argument = argument();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("origin", entityMap(origin));
        map.put("target", entityMap(target));
        map.put("operation", operation);
        map.put("msg", isChunked() ? Bytes.EMPTY : argument);
        map.put("id", id());
        map.put("encoded_claims", token(origin, target, operation, argument));
        map.put("host_id", envelope.get("host_id"));
        map.put("content_length", argument.size());
        if (host.form() == HostForm.RUST) {
            map.put("traceContext", trace);
        }
        fields.forEach((name, value) -> change(map, name, value));
        return Msgpack.write(map);
    }

    /**
     * Sends it and takes the result out of the reply, as strictly as the host's family does; payloads that are too large
     * for a message go through the object store.
     *
     * <p>The stage fails with {@link com.wasmcloud.contract.rpc.RpcException}: code REMOTE and the provider's error text,
     * TIMEOUT, or UNREACHABLE; and with {@link AssertionError} when the host would not understand the reply.
     */
    public CompletionStage<Bytes> send() {
        if (!isChunked()) {
            return request();
        }
        return host.payloads().store(id(), argument()).thenCompose(stored -> request());
    }

    private CompletionStage<Bytes> request() {
        Map<String, String> headers = host.form() == HostForm.HARNESS ? Map.of() : trace;
        return host.connection()
                .request(subject, headers, encoded().toByteArray(), timeout)
                .thenCompose(reply -> ReplyReader.result(host, id(), reply.payload()));
    }

    private boolean isChunked() {
        return argument().size() > (host.form() == HostForm.OTP ? 700 : 900) * 1024;
    }

    private Bytes argument() {
        return envelope.get("msg") instanceof Bytes bytes ? bytes : Bytes.EMPTY;
    }

    private Entity entity(String name) {
        return envelope.get(name) instanceof Entity entity ? entity : Entity.actor("");
    }

    private Map<String, Object> entityMap(Entity entity) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("public_key", entity.publicKey());
        if (host.form() == HostForm.OTP) {
            map.put("contract_id", entity.contractId());
            map.put("link_name", entity.linkName());
        } else {
            map.put("link_name", entity.linkName());
            map.put("contract_id", entity.contractId());
        }
        return map;
    }

    private String token(Entity origin, Entity target, String operation, Bytes argument) {
        String targetUrl = target.url() + "/" + operation;
        Map<String, @Nullable Object> wascap = new LinkedHashMap<>();
        wascap.put("target_url", targetUrl);
        wascap.put("origin_url", origin.url());
        wascap.put("hash", Claims.hash(origin.url(), targetUrl, operation, argument));
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("jti", UUID.randomUUID().toString().substring(14).replace('-', 'x'));
        all.put("iat", Instant.now().getEpochSecond());
        all.put("iss", issuer.publicKey());
        all.put("sub", id());
        all.put("wascap", wascap);
        all.put("wascap_revision", 3);
        claims.forEach((name, value) -> change(wascap.containsKey(name) ? wascap : all, name, value));
        return Claims.sign(issuer, Json.write(all).getBytes(StandardCharsets.UTF_8));
    }

    private static String id(HostForm form) {
        String id = UUID.randomUUID().toString();
        return form == HostForm.HARNESS ? id.replace("-", "") : id;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(map);
        changed.put(name, value);
        return changed;
    }

    private static void change(Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }
}
