package com.wasmcloud.provider.support;

import java.security.Security;

/** Names of machines. */
public final class Names {
    private Names() {}

    /**
     * Has Java ask for an address again after seconds, so that a server that comes back under another address, or whose name
     * appears late, is found. Counts for the process, and only before it looks up its first name.
     */
    public static void forgetSoon() {
        Security.setProperty("networkaddress.cache.ttl", "2");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }
}
