package com.wasmcloud.logging;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.provider.support.LineText;
import com.wasmcloud.provider.support.TraceParent;
import java.time.Instant;
import java.util.Optional;

/**
 * A line before it has a form. Its texts are an actor's and may hold anything; they are not longer than they may be.
 *
 * @param unknownLevel what the actor called the level, when that is none
 * @param actor public key of the actor, empty for a line of the provider itself
 * @param link name of the link
 * @param trace that the call belongs to
 * @param topic what the actor says the line is about
 * @param cut how many characters the text is short of
 */
record LogLine(
        Instant time,
        Severity severity,
        Optional<String> unknownLevel,
        String actor,
        String link,
        Optional<TraceParent> trace,
        Optional<String> topic,
        String text,
        int cut) {
    private static final int LONGEST_LEVEL = 32;
    private static final int LONGEST_TOPIC = 256;
    /** Where lines of the provider itself say they come from. */
    private static final String OURSELVES = "logging-provider";

    /**
     * Whose line it is.
     *
     * @param traceParent of the call, as W3C has it
     */
    record Origin(String actor, String link, Optional<String> traceParent) {}

    /** A line of an actor, at info when its level is none. */
    static LogLine of(Instant time, Origin origin, LogEntry entry, int longestText) {
        Optional<Severity> severity = Severity.of(entry.level());
        String text = entry.text();
        int end = text.length() <= longestText ? text.length() : LineText.cutAt(text, longestText);
        return new LogLine(
                time,
                severity.orElse(Severity.INFO),
                severity.isPresent() ? Optional.empty() : Optional.of(LineText.cut(entry.level(), LONGEST_LEVEL)),
                origin.actor,
                origin.link,
                origin.traceParent.flatMap(TraceParent::parse),
                entry.target().map(topic -> LineText.cut(topic, LONGEST_TOPIC)),
                text.substring(0, end),
                text.length() - end);
    }

    /** A warning of the provider itself. */
    static LogLine ours(Instant time, String text) {
        return new LogLine(
                time, Severity.WARN, Optional.empty(), "", "", Optional.empty(), Optional.of(OURSELVES), text, 0);
    }
}
