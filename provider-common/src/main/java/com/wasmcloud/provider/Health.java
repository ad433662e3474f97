package com.wasmcloud.provider;

/**
 * Whether something works, and why not. An immutable value.
 *
 * @param reason one sentence for the person who must act, without secrets; empty when healthy
 */
public record Health(boolean healthy, String reason) {
    /** All is well. */
    public static final Health HEALTHY = new Health(true, "");

    /** Something does not work: what was tried, on what, and why it failed. */
    public static Health unhealthy(String reason) {
        return new Health(false, reason);
    }
}
