package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A block that shows lines of files: each line is there, in this order; {@code …} stands for lines that are left out. */
final class Excerpt {
    /** What the template is filled in with on the page about it. */
    private static final Map<String, String> FILLED_IN =
            Map.of("@PACKAGE@", "com.example.dice", "@CLASS@", "Dice", "@NAME@", "dice", "@CONTRACT@", "acme:dice");

    private Excerpt() {}

    static void check(Path root, CodeBlock block) throws IOException {
        List<String> source = new ArrayList<>();
        for (String file : block.mark().substring("from: ".length()).split(" ", -1)) {
            String text = Files.readString(root.resolve(file));
            for (Map.Entry<String, String> word : FILLED_IN.entrySet()) {
                text = text.replace(word.getKey(), word.getValue());
            }
            source.addAll(text.lines().map(String::strip).toList());
        }
        int from = 0;
        for (String line : block.text().lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.equals("…")) {
                continue;
            }
            int at = source.subList(from, source.size()).indexOf(line);
            assertThat(at)
                    .as("'%s' in %s, after the lines before it", line, block.mark())
                    .isNotNegative();
            from += at + 1;
        }
    }
}
