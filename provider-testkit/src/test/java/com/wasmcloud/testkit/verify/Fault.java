package com.wasmcloud.testkit.verify;

import java.util.List;

/** The one thing that a {@link FaultyProvider} does wrong, and the checks that have to notice. */
enum Fault {
    NONE(),
    EXITS_AT_ONCE("start/answers-health (Rust host)"),
    NEVER_SUBSCRIBES("start/answers-health (Elixir host)"),
    ENDS_WITH_STANDARD_INPUT("start/does-not-watch-standard-input (Rust host)"),
    WRITES_TO_STANDARD_OUTPUT("output/nothing-on-standard-output (Rust host)"),
    LOGS_THE_SEED("output/keeps-secrets (Rust host)"),
    FORGETS_THE_FIRST_LINKS("start/serves-the-links-of-the-host-data (Rust host)"),
    NEEDS_PADDING("start/base64-without-padding (Rust host)"),
    READS_64_KB("start/long-host-data (Rust host)"),
    SAYS_NOTHING_ABOUT_HOST_DATA(
            "start/refuses-an-empty-line (Rust host)",
            "start/refuses-a-line-that-is-no-base64 (Rust host)",
            "start/refuses-host-data-that-is-no-json (Rust host)"),
    NEEDS_A_HEALTH_BODY("health/answers-any-request (Rust host)"),
    IGNORES_PUTS("links/put (Rust host)"),
    DROPS_A_LINK_PUT_TWICE("links/put-again (Rust host)"),
    DROPS_A_LINK_THAT_CHANGES("links/put-with-other-values (Rust host)"),
    IGNORES_DELETES("links/deleted (Rust host)"),
    DROPS_ALL_LINKS("links/deleted (Rust host)"),
    DIES_OF_UNKNOWN_DELETES("links/deleted-without-being-there (Rust host)"),
    NEVER_LINKS_AGAIN("links/put-again-after-deletion (Rust host)"),
    DIES_OF_GARBAGE_LINKS("links/garbage (Rust host)"),
    NEVER_ASKS_FOR_LINKS("links/put-while-it-starts (Rust host)", "nats/links-put-and-deleted-meanwhile (Rust host)"),
    MAKES_UP_INVOCATION_IDS("calls/answered (Rust host)"),
    LEAVES_OUT_THE_LENGTH("calls/answered (Rust host)"),
    SENDS_TRAILING_BYTES("calls/answered (Elixir host)"),
    REFUSES_TRACES("calls/envelope-variants (Rust host)"),
    DIES_WITHOUT_REPLY_SUBJECT("calls/without-reply-subject (Rust host)"),
    NEVER_ANSWERS_UNKNOWN_OPERATIONS("errors/unknown-operation (Rust host)"),
    GIVES_RESULTS_FOR_BAD_ARGUMENTS("errors/argument-that-is-something-else (Rust host)"),
    MIXES_UP_RESULTS("callers/256 (Rust host)"),
    HANGS("calls/answered (Rust host)"),
    TRUSTS_ANY_ISSUER("forgeries/another-issuer (Rust host)"),
    IGNORES_SIGNATURES(
            "forgeries/borrowed-issuer (Rust host)",
            "forgeries/changed-signature (Rust host)",
            "forgeries/no-signature (Rust host)",
            "forgeries/algorithm-none (Rust host)"),
    TAKES_TWO_SEGMENTS("forgeries/two-segments (Rust host)"),
    TAKES_ANY_TOKEN("forgeries/no-token (Rust host)", "forgeries/garbage-token (Rust host)"),
    IGNORES_EXPIRY("forgeries/expired (Rust host)"),
    IGNORES_NOT_BEFORE("forgeries/not-valid-yet (Rust host)"),
    NEEDS_NO_WASCAP("forgeries/no-wascap (Rust host)"),
    NEEDS_NO_SUBJECT("forgeries/no-subject (Rust host)"),
    IGNORES_THE_HASH("forgeries/other-hash (Rust host)", "forgeries/changed-argument (Rust host)"),
    IGNORES_TARGET_URLS("forgeries/other-target-url (Rust host)"),
    IGNORES_ORIGIN_URLS("forgeries/other-origin-url (Rust host)"),
    IGNORES_URLS_AND_HASH("forgeries/changed-operation (Rust host)", "forgeries/changed-origin (Rust host)"),
    IGNORES_THE_TARGET("forgeries/another-target (Rust host)"),
    IGNORES_THE_HOST_ID("forgeries/no-host (Rust host)"),
    SERVES_EVERYBODY("forgeries/unlinked-actor (Rust host)"),
    IS_SILENT_ABOUT_GARBAGE(
            "hostile/no-messagepack (Rust host)", "hostile/cut-off (Rust host)", "hostile/missing-fields (Rust host)"),
    BELIEVES_LENGTHS("hostile/lengths-that-lie (Rust host)"),
    DIES_OF_NESTING("hostile/nested-deeply (Rust host)"),
    SERVES_MISTYPED_FIELDS("hostile/fields-of-other-types (Rust host)"),
    BELIEVES_ANNOUNCEMENTS("hostile/announced-payloads (Rust host)"),
    NEVER_FETCHES("chunks/argument (Rust host)"),
    KEEPS_WHAT_IT_FETCHED("chunks/argument (Rust host)"),
    STORES_SMALL_RESULTS("chunks/result (Rust host)"),
    SENDS_LARGE_RESULTS_INLINE("chunks/result (Rust host)"),
    DESCRIBES_OBJECTS_BADLY("chunks/result-description (Rust host)"),
    OBEYS_OTHER_HOSTS("shutdown/of-another-host (Rust host)"),
    IS_SLOW_TO_STOP("shutdown/of-its-host (Rust host)"),
    EXITS_WITH_7("shutdown/of-its-host (Rust host)"),
    IGNORES_NAMELESS_HOSTS("shutdown/of-a-host-without-a-name (Rust host)"),
    IGNORES_SIGTERM("shutdown/sigterm (Rust host)"),
    DIES_WITH_NATS("nats/restarted (Rust host)"),
    COUNTS_WRONGLY("contract/increment-starts-at-zero-and-goes-both-ways (Rust host)");

    /** One after another, as enums hold nothing that could change. */
    private final String noticed;

    Fault(String... noticed) {
        this.noticed = String.join(";", noticed);
    }

    List<String> noticed() {
        return noticed.isEmpty() ? List.of() : List.of(noticed.split(";", -1));
    }
}
