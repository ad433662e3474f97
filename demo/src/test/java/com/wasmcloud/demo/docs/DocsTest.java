package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Every block of code in the documentation is run, compiled or parsed, or says why not; CONTRIBUTING.md has the marks. */
class DocsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "venv");
    private static final Pattern REASON = Pattern.compile("run: no, \\S.{8,}");
    private static final Pattern ELSEWHERE = Pattern.compile("run: in (\\w+Test)");
    private static final Set<String> SHELL = Set.of("sh", "console");

    private final List<Path> files;

    @TempDir
    private Path folder;

    DocsTest() throws IOException {
        this.files = ours();
    }

    @TestFactory
    Stream<DynamicTest> everyBlock() throws IOException {
        Shell shell = new Shell(ROOT, folder);
        List<CodeBlock> blocks = new ArrayList<>();
        for (Path page : named(".md")) {
            blocks.addAll(CodeBlock.of(ROOT, page));
        }
        assertThat(blocks).hasSizeGreaterThan(40);
        return blocks.stream().map(block -> DynamicTest.dynamicTest(block.toString(), () -> check(block, shell)));
    }

    private void check(CodeBlock block, Shell shell) throws Exception {
        if (SHELL.contains(block.language())) {
            shell.check(block);
        }
        if (block.mark().startsWith("from: ")) {
            Excerpt.check(ROOT, block);
        } else if (ELSEWHERE.matcher(block.mark()).matches()) {
            String test = block.mark().substring("run: in ".length());
            assertThat(named(test + ".java")).as("the test " + test).isNotEmpty();
        } else if (!block.mark().isEmpty()) {
            assertThat(block.mark()).as("a mark that CONTRIBUTING.md has").matches(REASON);
        } else {
            use(block, shell);
        }
    }

    private void use(CodeBlock block, Shell shell) throws Exception {
        switch (block.language()) {
            case "sh", "console" -> shell.run(block);
            case "java" -> JavaSnippet.compile(block);
            case "json" -> new ObjectMapper().readTree(block.text());
            case "yaml" -> new YAMLMapper().readTree(block.text());
            case "xml" ->
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader("<all>" + block.text() + "</all>")));
            case "toml" -> Settings.checkToml(ROOT, block);
            case "values" -> Settings.checkValues(ROOT, block);
            case "mermaid" -> assertThat(named("DiagramsTest.java")).hasSize(1);
            default -> throw new AssertionError("nothing checks a block of '%s': mark it".formatted(block.language()));
        }
    }

    private List<Path> named(String end) {
        return files.stream().filter(file -> file.toString().endsWith(end)).toList();
    }

    /** The files that the project keeps. */
    private static List<Path> ours() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = NOT_OURS.contains(folder.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
