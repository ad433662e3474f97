package com.wasmcloud.testkit.verify;

import java.time.Duration;

/**
 * What came out of one check. An immutable value.
 *
 * @param check the name of the check
 * @param sent what was done last
 * @param expected what had to follow
 * @param came what followed instead, or why the check was skipped; empty when it passed
 * @param log the end of the provider's standard error; empty when it passed
 */
public record Finding(
        String check, Rule rule, Status status, Duration took, String sent, String expected, String came, String log) {
    /** How a check ended. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** Group, as in the first part of the name. */
    public String group() {
        return check.substring(0, check.indexOf('/'));
    }

    /** All that a failure has to say, on several lines. */
    public String explained() {
        String text = """
            sent      %s
            expected  %s
            rule      %s#%s: %s
            came      %s
            """.formatted(sent, expected, Rule.PAGE, rule.section(), rule.text(), came);
        return log.isBlank() ? text : text + "log       " + log.strip().replace("\n", "\n          ") + "\n";
    }
}
