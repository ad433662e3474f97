package com.wasmcloud.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, padded so that it can be read as it is. Used by one thread. */
public final class Table {
    private final int texts;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table of no rows yet.
     *
     * @param texts how many columns, from the first on, are texts; numbers stand at the right
     */
    public Table(int texts, String... header) {
        this.texts = texts;
        rows.add(List.of(header));
    }

    /** Adds a row of as many cells as the header has. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), widths);
            if (i == 0) {
                rule(text, widths);
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            text.append("| ")
                    .append(i < texts ? cells.get(i) + padding : padding + cells.get(i))
                    .append(' ');
        }
        text.append("|\n");
    }

    private void rule(StringBuilder text, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? "|" : "").append("-".repeat(widths[i] + 1)).append(i < texts ? "-|" : ":|");
        }
        text.append('\n');
    }
}
