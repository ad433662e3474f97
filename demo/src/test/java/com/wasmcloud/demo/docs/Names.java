package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.Commands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What commands name: files of the project, its modules, profiles, tests, sub-commands, options and settings. */
final class Names {
    /** Programs that are not ours, of which only the files that they are given are looked at. */
    private static final Set<String> TOOLS =
            Set.of("cat", "cd", "cp", "curl", "docker", "gcc", "git", "go", "java", "python3", "unzip", "wash", "zip");

    /** What commands before, or the reader, have made. */
    private static final Set<String> MADE = Set.of("my-provider", "examples/go/keyvalue-provider");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z_]+=.*");
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]*)(?:=.*)?");

    private final Path root;
    private final List<Path> providers;
    private final List<String> poms = new ArrayList<>();
    private final Map<List<String>, String> helps = new HashMap<>();

    Names(Path root) throws IOException {
        this.root = root;
        this.providers = providers(root);
        for (String pom : List.of("pom.xml", "dependencies/pom.xml", "provider-parent/pom.xml")) {
            poms.add(Files.readString(root.resolve(pom)));
        }
    }

    /** The folders of the providers. */
    static List<Path> providers(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(folder -> folder.toString().endsWith("-provider"))
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList();
        }
    }

    static Path testkit(Path root) {
        return root.resolve("provider-testkit/target/provider-testkit.jar");
    }

    void check(CodeBlock block, String commands) throws IOException {
        String joined = commands.replace("\\\n", " ").replaceAll("(?m)(^|\\s)#.*$", "");
        for (String command : joined.split("\\n|&&|\\|\\|?|;", -1)) {
            List<String> words = new ArrayList<>();
            for (Matcher word = WORD.matcher(command); word.find(); ) {
                words.add(word.group().replaceAll("['\"]", ""));
            }
            while (!words.isEmpty() && ASSIGNMENT.matcher(words.get(0)).matches()) {
                words.remove(0);
            }
            if (!words.isEmpty()) {
                check(block, words);
            }
        }
    }

    private void check(CodeBlock block, List<String> words) throws IOException {
        for (String word : words) {
            mustBeThere(word);
        }
        String program = words.get(0);
        if (program.equals("mvn")) {
            maven(words);
        } else if (words.size() > 2 && program.equals("java") && words.get(2).endsWith("provider-testkit.jar")) {
            List<String> command = words.subList(3, words.size());
            int names = command.get(0).equals("archive") ? 2 : 1;
            List<String> help =
                    new ArrayList<>(List.of("java", "-jar", testkit(root).toString()));
            help.addAll(command.subList(0, names));
            options(help, command);
        } else if (providers.contains(root.resolve(program))) {
            Path executable = root.resolve(program).resolve("target").resolve(program);
            options(List.of(executable.toString()), words);
            if (words.size() > 1 && !words.get(1).startsWith("-")) {
                assertThat(help(List.of(executable.toString()))).contains(" " + words.get(1) + " [");
            }
        } else if (program.equals("wash") && words.contains("link")) {
            for (String word : words.subList(words.indexOf("put") + 4, words.size())) {
                Settings.mustBeKnown(block.module(root), word.substring(0, word.indexOf('=')));
            }
        } else if (!program.contains(File.separator)) {
            assertThat(TOOLS).as("programs that are known").contains(program);
        }
    }

    /** A path that begins in the project's folder is one of a file there, or of something that the build makes. */
    private void mustBeThere(String word) {
        String path = word.startsWith("./") ? word.substring(2) : word;
        int slash = path.indexOf('/');
        boolean ours = word.startsWith("./") || (slash > 0 && Files.exists(root.resolve(path.substring(0, slash))));
        if (!ours || path.startsWith("../") || path.contains("/target/") || path.contains("*") || path.contains("…")) {
            return;
        }
        assertThat(MADE.contains(path) || Files.exists(root.resolve(path)))
                .as(word)
                .isTrue();
    }

    private void maven(List<String> words) {
        for (int at = 1; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals("-pl")) {
                for (String module : words.get(at + 1).split(",", -1)) {
                    String folder = module.equals(":wasmcloud-java-providers") ? "." : module;
                    assertThat(root.resolve(folder).resolve("pom.xml")).exists();
                }
            } else if (word.equals("-f")) {
                assertThat(root.resolve(words.get(at + 1))).exists();
            } else if (word.startsWith("-P")) {
                String profile = "<id>" + word.substring(2) + "</id>";
                assertThat(poms).anyMatch(pom -> pom.contains(profile));
            }
        }
    }

    private void options(List<String> command, List<String> words) throws IOException {
        String help = help(command);
        for (String word : words) {
            Matcher option = OPTION.matcher(word);
            if (option.matches()) {
                assertThat(help).as("the help of " + command).contains(option.group(1));
            }
        }
    }

    private String help(List<String> command) throws IOException {
        String known = helps.get(command);
        if (known == null) {
            List<String> asked = new ArrayList<>(command);
            asked.add("--help");
            known = Commands.check(asked.toArray(String[]::new));
            helps.put(command, known);
        }
        return known;
    }
}
