package com.wasmcloud.testkit.verify;

import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.verify.Finding.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as a text for people or for the tools of a build. Immutable. */
record Report(String title, List<Finding> findings) {
    long count(Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    /** A line for each finding as it comes, and what a failure has to say. */
    static String line(Finding finding) {
        String word =
                switch (finding.status()) {
                    case PASSED -> "ok   ";
                    case FAILED -> "FAIL ";
                    case SKIPPED -> "skip ";
                };
        String line = "  %s %-72s %6d ms%n"
                .formatted(word, finding.check(), finding.took().toMillis());
        return switch (finding.status()) {
            case PASSED -> line;
            case SKIPPED -> line + "          " + finding.came() + "\n";
            case FAILED -> line + finding.explained().indent(10);
        };
    }

    String summary() {
        Duration took = findings.stream().map(Finding::took).reduce(Duration.ZERO, Duration::plus);
        return "%s: %d checks, %d passed, %d failed, %d skipped, in %.1f s%n"
                .formatted(
                        title,
                        findings.size(),
                        count(Status.PASSED),
                        count(Status.FAILED),
                        count(Status.SKIPPED),
                        took.toMillis() / 1000.0);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(line(finding)));
        return text.append('\n').append(summary()).toString();
    }

    String json() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("title", title);
        all.put("passed", count(Status.PASSED));
        all.put("failed", count(Status.FAILED));
        all.put("skipped", count(Status.SKIPPED));
        all.put("checks", findings.stream().map(Report::json).toList());
        return Json.write(all) + "\n";
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("check", finding.check());
        map.put("status", finding.status().name().toLowerCase(Locale.ROOT));
        map.put("millis", finding.took().toMillis());
        map.put("rule", finding.rule().text());
        map.put("section", Rule.PAGE + "#" + finding.rule().section());
        if (finding.status() != Status.PASSED) {
            map.put("sent", finding.sent());
            map.put("expected", finding.expected());
            map.put("came", finding.came());
            map.put("log", finding.log());
        }
        return map;
    }

    String junit() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">%n"
                .formatted(escaped(title), findings.size(), count(Status.FAILED), count(Status.SKIPPED)));
        for (Finding finding : findings) {
            xml.append("  <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
                    .formatted(
                            escaped(finding.group()),
                            escaped(finding.check()),
                            String.format(Locale.ROOT, "%.3f", finding.took().toMillis() / 1000.0)));
            switch (finding.status()) {
                case PASSED -> xml.append("/>\n");
                case SKIPPED ->
                    xml.append(">\n    <skipped message=\"%s\"/>%n  </testcase>%n".formatted(escaped(finding.came())));
                case FAILED ->
                    xml.append(">\n    <failure message=\"%s\">%s</failure>%n  </testcase>%n"
                            .formatted(escaped(finding.came()), escaped(finding.explained())));
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    /** For attributes and text of XML, where most control characters cannot even be escaped. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "\ufffd");
    }
}
