package com.wasmcloud.demo.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code on a page, fenced or indented by four blanks. An immutable value.
 *
 * @param page relative to the project's folder
 * @param line where it begins, from 1
 * @param language of the fence; {@code sh} of an indented block; may be empty
 * @param mark what the comment right above it says: {@code run: no, …}, {@code run: in …} or {@code from: …}; may be empty
 */
record CodeBlock(Path page, int line, String language, String mark, String text) {
    private static final Pattern FENCE = Pattern.compile(" {0,3}```(\\S*)\\s*");
    private static final Pattern MARK = Pattern.compile("<!-- ((?:run|from): .*?) -->");
    private static final String INDENT = "    ";

    /** Those of one page, in order. */
    static List<CodeBlock> of(Path root, Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        List<CodeBlock> blocks = new ArrayList<>();
        String mark = "";
        boolean afterBlank = true;
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            Matcher fence = FENCE.matcher(line);
            Matcher marked = MARK.matcher(line.strip());
            if (marked.matches()) {
                mark = marked.group(1);
            } else if (fence.matches() || (afterBlank && line.startsWith(INDENT))) {
                boolean fenced = !line.startsWith(INDENT);
                int begin = fenced ? at + 1 : at;
                int end = fenced ? endOfFence(page, lines, begin) : endOfIndent(lines, begin);
                String text = String.join("\n", lines.subList(begin, end)).stripIndent() + "\n";
                blocks.add(new CodeBlock(root.relativize(page), at + 1, fenced ? fence.group(1) : "sh", mark, text));
                at = fenced ? end : end - 1;
                mark = "";
            } else if (!line.isBlank()) {
                mark = "";
            }
            afterBlank = lines.get(at).isBlank();
        }
        return blocks;
    }

    private static int endOfFence(Path page, List<String> lines, int begin) {
        for (int at = begin; at < lines.size(); at++) {
            if (FENCE.matcher(lines.get(at)).matches()) {
                return at;
            }
        }
        throw new IllegalArgumentException("%s: the block of line %d has no end".formatted(page, begin));
    }

    private static int endOfIndent(List<String> lines, int begin) {
        int end = begin;
        for (int at = begin; at < lines.size(); at++) {
            if (lines.get(at).startsWith(INDENT)) {
                end = at + 1;
            } else if (!lines.get(at).isBlank()) {
                break;
            }
        }
        return end;
    }

    /** The folder of the module that the page is in; that of the project for others. */
    Path module(Path root) {
        Path module = root.resolve(page.getName(0));
        return Files.exists(module.resolve("pom.xml")) && Files.isDirectory(module) ? module : root;
    }

    @Override
    public String toString() {
        return "%s:%d %s".formatted(page, line, language).strip();
    }
}
