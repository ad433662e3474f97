package com.wasmcloud.provider;

import com.wasmcloud.provider.support.Reachability;

/**
 * Whether something works, and why not. An immutable value.
 *
 * @param reason one sentence for the person who must act, without secrets; empty when healthy
 * @param isPending nothing has failed yet: the first attempt is under way
 */
public record Health(boolean healthy, String reason, boolean isPending) {
    /** Everything works. */
    public static final Health HEALTHY = new Health(true, "", false);

    /** Something works, or does not. */
    public Health(boolean healthy, String reason) {
        this(healthy, reason, false);
    }

    /** Something does not work: what was tried, on what, and why it failed. */
    public static Health unhealthy(String reason) {
        return new Health(false, reason, false);
    }

    /** Something does not work yet; a provider that starts waits a moment for it before it says how it is. */
    public static Health pending(String reason) {
        return new Health(false, reason, true);
    }

    /** Whether something can be reached; pending until the first attempt has ended. */
    public static Health of(Reachability reachability) {
        return reachability
                .trouble()
                .map(reason -> reachability.hasFailed() ? unhealthy(reason) : pending(reason))
                .orElse(HEALTHY);
    }
}
