package com.wasmcloud.testkit.host;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;

/**
 * The keys of a {@link TestHost}: new ones for every test, kept ones for a host that comes back and whose providers live
 * on meanwhile. An immutable value.
 *
 * @param cluster signs invocations
 * @param hostKey the host's own, {@code N…}
 */
public record HostKeys(KeyPair cluster, String hostKey) {
    /** New keys, as a host of this family has them. */
    public static HostKeys generate(HostForm form) {
        return new HostKeys(
                KeyPair.generate(form.clusterRole()),
                KeyPair.generate(KeyRole.HOST).publicKey());
    }
}
