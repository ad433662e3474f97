package com.wasmcloud.testkit.host;

/** How a {@link TestHost} answers a provider that asks for all links of the lattice. */
public enum LinkAnswers {
    /** With the links there are. */
    CURRENT,
    /** With the links there were when this was chosen. */
    STALE,
    /** With something that is no JSON. */
    MALFORMED,
    /** Not at all, though the question is heard. */
    SILENT,
    /** Not at all, because nobody listens. */
    ABSENT
}
