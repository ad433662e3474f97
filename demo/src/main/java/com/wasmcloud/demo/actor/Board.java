package com.wasmcloud.demo.actor;

import java.util.List;

/** What the actor's host knows about the providers. Thread-safe, and never blocks. */
@FunctionalInterface
public interface Board {
    /** All of them, in the order in which they are to be shown. */
    List<ProviderStatus> providers();
}
