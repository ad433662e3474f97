package com.wasmcloud.testkit.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a server program in a list of places, in their order.
 *
 * <p>Immutable and thread-safe. Nothing is remembered: a program installed meanwhile is found the next time.
 */
final class ServerLookup {
    /** One place where a program may be found, or can be had from. */
    interface Place {
        /**
         * Looks here; empty when there is nothing.
         *
         * @throws IOException when there should have been something, but it could not be had; the search goes on
         * @throws IllegalStateException when there is something wrong that somebody meant; the search ends
         */
        Optional<Launcher> look() throws IOException;

        /** What somebody can do so that this place has the program, continuing "Either". */
        String advice();
    }

    private final String program;
    private final List<Place> places;

    ServerLookup(String program, List<Place> places) {
        this.program = program;
        this.places = List.copyOf(places);
    }

    /** All the places, for a program with these names. */
    static ServerLookup everywhere(ServerKind kind) {
        return new ServerLookup(
                kind.program(),
                List.of(
                        named(kind.environmentVariable(), System.getenv()),
                        onPath(kind.program(), System.getenv("PATH")),
                        new AptInstallation(kind.program(), kind.debianPackage()),
                        docker(kind.image(), kind.program())));
    }

    /**
     * The program of the first place that has it.
     *
     * @throws IllegalStateException when no place has, with what can be done about it; or when one names a file that
     *     cannot be used
     */
    Launcher find() {
        List<String> failures = new ArrayList<>();
        for (Place place : places) {
            try {
                Optional<Launcher> found = place.look();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException failure) {
                failures.add(failure.getMessage());
            }
        }
        String advice = String.join(", or ", places.stream().map(Place::advice).toList());
        throw new IllegalStateException("no %s was found: %s%s"
                .formatted(
                        program,
                        places.isEmpty() ? "there is no place to look in" : "either " + advice,
                        failures.isEmpty() ? "" : " (" + String.join("; ", failures) + ")"));
    }

    /** The file that an environment variable names. */
    static Place named(String variable, Map<String, String> environment) {
        return new Place() {
            @Override
            public Optional<Launcher> look() {
                String value = environment.getOrDefault(variable, "");
                if (value.isBlank()) {
                    return Optional.empty();
                }
                Path file = Path.of(value);
                if (!Files.isExecutable(file)) {
                    throw new IllegalStateException(
                            "%s names '%s', which is no executable file".formatted(variable, value));
                }
                return Optional.of(new FileLauncher(file));
            }

            @Override
            public String advice() {
                return "name its file in the environment variable " + variable;
            }
        };
    }

    /** The folders of PATH, and those that a short PATH often lacks. */
    static Place onPath(String program, @Nullable String path) {
        List<String> folders = new ArrayList<>(path == null ? List.of() : List.of(path.split(File.pathSeparator, -1)));
        folders.addAll(List.of("/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"));
        return in(program, folders);
    }

    /** These folders. */
    static Place in(String program, List<String> folders) {
        return new Place() {
            @Override
            public Optional<Launcher> look() {
                Stream<Path> files =
                        folders.stream().filter(folder -> !folder.isBlank()).map(folder -> Path.of(folder, program));
                return files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                        .findFirst()
                        .map(FileLauncher::new);
            }

            @Override
            public String advice() {
                return "put it into a folder of PATH";
            }
        };
    }

    /** An image, where a Docker engine answers. */
    static Place docker(String image, String program) {
        return new Place() {
            @Override
            public Optional<Launcher> look() {
                try {
                    boolean answers = Commands.run(List.of("docker", "version", "--format", "{{.Server.Version}}"))
                                    .code()
                            == 0;
                    return answers ? Optional.of(new DockerLauncher(image, program)) : Optional.empty();
                } catch (IOException noDockerProgram) {
                    return Optional.empty();
                }
            }

            @Override
            public String advice() {
                return "start a Docker engine, which can run the image " + image;
            }
        };
    }
}
