package com.wasmcloud.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The links of a provider, as a generation of the protocol changes them. All changes are made on one thread, so that
 * links are opened in the order in which they arrive; what is handed to that thread is done, whatever was thrown before.
 */
public interface Links {
    /** Does something on the links' thread. Any thread. */
    void execute(Runnable task);

    /** Does something on the links' thread after a while. Any thread. */
    void after(Duration delay, Runnable task);

    /**
     * Opens a link, or replaces it when anything of it has changed; repeating one changes nothing. Links' thread only.
     *
     * @param contract the contract of the link, which need not be that of the key
     * @param values settings, secrets included
     * @param farSide how calls to the peer are made
     */
    void put(LinkKey key, String contract, Map<String, String> values, FarSide farSide);

    /** Takes a link away; one that is not there is fine. Links' thread only. */
    void delete(LinkKey key);

    /** The links there are, refused ones too. */
    Set<LinkKey> keys();

    /** Whether each link is up, refused, or has failed to come up: whether health has something to say. */
    boolean settled();
}
