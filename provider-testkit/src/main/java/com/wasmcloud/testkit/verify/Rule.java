package com.wasmcloud.testkit.verify;

/**
 * What a check goes by.
 *
 * @param section where it is explained: a heading of {@link #PAGE}, as in a link
 * @param text the rule in one sentence
 */
public record Rule(String section, String text) {
    /** The page that all sections belong to. */
    public static final String PAGE = "docs/how-a-provider-works.md";

    static final Rule START = new Rule(
            "start",
            "a provider reads one line from standard input and answers health within 5 seconds, for hosts ask after 5"
                    + " seconds and then only every 30");
    static final Rule INPUT = new Rule(
            "start",
            "standard input may end right after the line or never: its end means nothing, and is not waited for");
    static final Rule OUTPUT =
            new Rule("start", "standard output stays empty: hosts put into their log what comes there");
    static final Rule HOST_DATA = new Rule(
            "host-data",
            "the line is base64 with or without padding, may be of any length, and may hold keys that nobody knows");
    static final Rule BAD_HOST_DATA = new Rule(
            "host-data",
            "a provider that cannot use its host data says why on standard error and exits with a code above 0");
    static final Rule SECRETS =
            new Rule("host-data", "seeds never reach standard error, standard output or an error text");
    static final Rule FIRST_LINKS =
            new Rule("links", "the links of the host data are served as soon as the provider answers health");
    static final Rule PUT = new Rule("links", "a link that is put is served; hosts put each link many times");
    static final Rule DELETE = new Rule(
            "links", "a link that is deleted is no longer served; one that is not there may be deleted as well");
    static final Rule MISSED_LINKS = new Rule(
            "links-that-were-missed",
            "hosts never repeat a message about a link, so a provider asks for all links after each connect");
    static final Rule CALL = new Rule("calls", "each invocation gets exactly one reply, in a form that its host takes");
    static final Rule LENIENT = new Rule(
            "envelope", "fields that nobody knows are ignored, and ids and optional fields come in all their forms");
    static final Rule CLAIMS = new Rule(
            "claims",
            "an invocation is served only if its signed claims hold and fit it, and is answered with an error else");
    static final Rule LINKED = new Rule("claims", "an actor without a link is answered 'unlinked actor: …'");
    static final Rule HOSTILE = new Rule(
            "hostile-input", "whatever arrives is answered with an error, and harms neither the process nor others");
    static final Rule ERRORS = new Rule("errors", "an operation that fails is answered with a text in 'error'");
    static final Rule CHUNKED = new Rule(
            "chunked-payloads",
            "a payload of more than 921600 bytes travels through the object store, and no other does; who reads it"
                    + " removes it");
    static final Rule METADATA = new Rule(
            "chunked-payloads",
            "the description of a stored result has both 'mtime' and 'modified': hosts need one or the other");
    static final Rule HEALTH =
            new Rule("health", "a health request has any body or none, and is answered with a map that has 'healthy'");
    static final Rule SHUTDOWN = new Rule(
            "shutdown",
            "a provider acknowledges its host's shutdown message within 300 ms, when all is closed, and exits with 0");
    static final Rule FOREIGN_SHUTDOWN =
            new Rule("shutdown", "a shutdown message that names another host is ignored and not even answered");
    static final Rule NAMELESS_SHUTDOWN = new Rule("shutdown", "a shutdown message that names no host is obeyed");
    static final Rule SIGTERM =
            new Rule("shutdown", "a provider exits on SIGTERM, for nobody else stops it without a host");
    static final Rule OUTAGE =
            new Rule("nats-outages", "a provider survives any outage of NATS and serves again without a restart");
    static final Rule CALLERS = new Rule(
            "concurrency",
            "calls are served side by side, and each caller gets its own result, or 'overloaded: …' at once");

    /** A rule of a contract and not of the protocol. */
    static Rule ofContract(String contractId, String text) {
        return new Rule("contracts", contractId + ": " + text);
    }
}
