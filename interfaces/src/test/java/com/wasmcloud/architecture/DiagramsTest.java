package com.wasmcloud.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagrams in the pages are ones that Mermaid can draw: sequence diagrams in the part of its language that is used here. */
class DiagramsTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final Pattern DIAGRAM =
            Pattern.compile("^```mermaid\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void allCanBeDrawn() throws IOException {
        List<String> wrong = new ArrayList<>();
        int diagrams = 0;
        try (Stream<Path> pages =
                Files.find(ROOT, 3, (file, is) -> file.toString().endsWith(".md"))) {
            for (Path page :
                    pages.filter(page -> !page.toString().contains("/target/")).toList()) {
                Matcher diagram = DIAGRAM.matcher(Files.readString(page));
                while (diagram.find()) {
                    diagrams++;
                    try {
                        new Sequence().read(diagram.group(1));
                    } catch (IllegalArgumentException problem) {
                        wrong.add(page + ": " + problem.getMessage());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(diagrams).as("diagrams that were found").isGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "graph TD\n",
                "sequenceDiagram\nA->>B: not declared\n",
                "sequenceDiagram\nparticipant A\nA->>A\n",
                "sequenceDiagram\nparticipant A\nA->A: another arrow\n",
                "sequenceDiagram\nparticipant A\nparticipant A\n",
                "sequenceDiagram\nparticipant A\nA->>A: one; two\n",
                "sequenceDiagram\nparticipant A\nloop for ever\nA->>A: x\n",
                "sequenceDiagram\nparticipant A\nend\n",
                "sequenceDiagram\nparticipant A\nloop x\nelse y\nend\n",
                "sequenceDiagram\nparticipant end\n",
                "sequenceDiagram\nparticipant A\nNote over B: x\n"
            })
    void noticesWhatCannotBeDrawn(String text) {
        assertThatThrownBy(() -> new Sequence().read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** One diagram as far as it has been read. */
    private static final class Sequence {
        private static final Pattern PARTICIPANT = Pattern.compile("(?:participant|actor) (\\w+)(?: as ([^;#]+))?");
        private static final Pattern MESSAGE = Pattern.compile("(\\w+)(?:->>|-->>)(\\w+): [^;#]+");
        private static final Pattern NOTE = Pattern.compile("Note over (\\w+)(?:,(\\w+))?: [^;#]+");
        private static final Pattern BLOCK = Pattern.compile("(loop|alt|opt|par) [^;#]+");
        private static final Set<String> RESERVED = Set.of("end", "loop", "alt", "opt", "par", "else", "and", "note");

        private final Set<String> participants = new HashSet<>();
        private final List<String> blocks = new ArrayList<>();

        void read(String text) {
            List<String> lines = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            require(lines.get(0).equals("sequenceDiagram"), lines.get(0));
            lines.stream().skip(1).forEach(this::line);
            require(blocks.isEmpty(), "a block without an end: " + blocks);
        }

        private void line(String line) {
            Matcher participant = PARTICIPANT.matcher(line);
            Matcher message = MESSAGE.matcher(line);
            Matcher note = NOTE.matcher(line);
            Matcher block = BLOCK.matcher(line);
            if (participant.matches()) {
                require(!RESERVED.contains(participant.group(1)) && participants.add(participant.group(1)), line);
            } else if (message.matches()) {
                require(participants.containsAll(List.of(message.group(1), message.group(2))), line);
            } else if (note.matches()) {
                require(participants.contains(note.group(1)), line);
                require(note.group(2) == null || participants.contains(note.group(2)), line);
            } else if (block.matches()) {
                blocks.add(block.group(1));
            } else if (line.startsWith("else ")) {
                require(!blocks.isEmpty() && blocks.get(blocks.size() - 1).equals("alt"), line);
            } else if (line.equals("end")) {
                require(!blocks.isEmpty(), line);
                blocks.remove(blocks.size() - 1);
            } else {
                require(false, line);
            }
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new IllegalArgumentException("this cannot be drawn: " + what);
            }
        }
    }
}
