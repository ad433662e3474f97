package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Whether an invocation may be served: its token holds, belongs to this very call, was made by a trusted cluster, and the
 * call is meant for this provider. The order of the checks and their texts are those of the reference provider.
 *
 * <p>Immutable and thread-safe.
 */
final class InvocationCheck {
    private static final int KEY_LENGTH = 56;

    private final Set<String> issuers;
    private final String providerKey;
    private final String hostId;

    /**
     * @param issuers keys whose signatures are trusted
     * @param hostId key of our own host, for one of the texts
     */
    InvocationCheck(Collection<String> issuers, String providerKey, String hostId) {
        this.issuers = Set.copyOf(issuers);
        this.providerKey = providerKey;
        this.hostId = hostId;
    }

    /**
     * Checks a call with its whole argument.
     *
     * @throws RpcException with code REFUSED
     */
    void check(Invocation call) {
        Claims claims = Claims.verify(call.encodedClaims(), Instant.now().getEpochSecond());
        String originUrl = call.origin().url();
        String targetUrl = call.target().url() + "/" + call.operation();
        String hash = Claims.hash(originUrl, targetUrl, call.operation(), call.msg());
        if (!hash.equals(claims.hash())) {
            throw refused("Invocation hash does not match signed claims hash (" + claims.hash() + " / " + hash + ")");
        }
        // one host family writes its cluster key here, which is no host's: hence the length alone will do
        if (!call.hostId().startsWith("N") && call.hostId().length() != KEY_LENGTH) {
            throw refused("Invalid host ID on invocation: '" + call.hostId() + "'");
        }
        if (!targetUrl.equals(claims.targetUrl())) {
            throw refused("Invocation claims and invocation target URL do not match: " + claims.targetUrl() + " != "
                    + targetUrl);
        }
        if (!originUrl.equals(claims.originUrl())) {
            throw refused("Invocation claims and invocation origin URL do not match");
        }
        if (!issuers.contains(claims.issuer())) {
            throw refused("Issuer of this invocation is not in list of cluster issuers");
        }
        if (!call.target().publicKey().equals(providerKey)) {
            // the reference prints the host's id as the second key, and so do we
            throw refused("target key mismatch: " + call.target().publicKey() + " != " + hostId);
        }
    }

    private static RpcException refused(String text) {
        return RpcException.of(Code.REFUSED, text);
    }
}
