package com.wasmcloud.provider;

import java.util.Map;

/** A call that a peer makes, as far as its log lines and reports need to know it. Immutable. */
public interface Call {
    /** Who calls. */
    String peer();

    /** The name of the link that it uses. */
    String link();

    /** What it asks for. */
    String operation();

    /** Tells it from all other calls. */
    String id();

    /** Its W3C trace context, empty when it has none. */
    Map<String, String> trace();
}
