package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nkeys.Ed25519;
import com.wasmcloud.nkeys.KeyText;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of claims, each of which a fault can leave out. */
final class FaultyClaims {
    private final Fault fault;
    private final HostData data;

    FaultyClaims(Fault fault, HostData data) {
        this.fault = fault;
        this.data = data;
    }

    void check(Invocation call) {
        if (fault != Fault.TAKES_ANY_TOKEN) {
            checkToken(call);
        }
        need(Fault.IGNORES_THE_HOST_ID, call.hostId().length() == 56, "host id");
        need(Fault.IGNORES_THE_TARGET, call.target().publicKey().equals(data.providerKey()), "target");
    }

    private void checkToken(Invocation call) {
        String[] parts = call.encodedClaims().split("\\.", -1);
        need(Fault.TAKES_TWO_SEGMENTS, parts.length == 3, "segments");
        Map<String, @Nullable Object> claims = Json.object(text(parts[1]));
        String issuer = Json.text(claims, "iss");
        need(Fault.IGNORES_SIGNATURES, parts.length < 3 || isSigned(parts, issuer), "signature");
        need(Fault.TRUSTS_ANY_ISSUER, data.trust().clusterIssuers().contains(issuer), "issuer");
        long now = Instant.now().getEpochSecond();
        need(Fault.IGNORES_EXPIRY, !(claims.get("exp") instanceof Number end && end.longValue() < now), "exp");
        need(Fault.IGNORES_NOT_BEFORE, !(claims.get("nbf") instanceof Number start && start.longValue() > now), "nbf");
        need(Fault.NEEDS_NO_SUBJECT, !Json.text(claims, "sub").isEmpty(), "sub");
        if ((fault == Fault.NEEDS_NO_WASCAP && claims.get("wascap") == null) || fault == Fault.IGNORES_URLS_AND_HASH) {
            return;
        }
        Map<String, @Nullable Object> wascap = Json.object(claims, "wascap");
        String target = call.target().url() + "/" + call.operation();
        String origin = call.origin().url();
        String hash = Claims.hash(origin, target, call.operation(), call.msg());
        need(Fault.IGNORES_THE_HASH, Json.text(wascap, "hash").equals(hash), "hash");
        need(Fault.IGNORES_TARGET_URLS, Json.text(wascap, "target_url").equals(target), "target_url");
        need(Fault.IGNORES_ORIGIN_URLS, Json.text(wascap, "origin_url").equals(origin), "origin_url");
    }

    private static boolean isSigned(String[] parts, String issuer) {
        Map<String, @Nullable Object> header = Json.object(text(parts[0]));
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        return "Ed25519".equals(header.get("alg"))
                && signature.length == 64
                && Ed25519.portable().verify(KeyText.publicBytes(issuer), signed, signature);
    }

    private void need(Fault left, boolean held, String what) {
        if (!held && fault != left) {
            throw new IllegalArgumentException("the claims do not hold: " + what);
        }
    }

    private static Bytes text(String part) {
        return Bytes.wrap(Base64.getUrlDecoder().decode(part));
    }
}
