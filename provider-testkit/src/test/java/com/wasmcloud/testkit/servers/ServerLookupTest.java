package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLookupTest {
    private final Path folder;

    ServerLookupTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void saysSoWhenThereIsNoPlaceToLookIn() {
        assertThatThrownBy(() -> new ServerLookup("nats-server", List.of()).find())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no nats-server was found: there is no place to look in");
    }

    @Test
    void namesEveryWayToGetAServerThatIsMissing() {
        ServerLookup lookup = new ServerLookup(
                "redis-server",
                List.of(
                        ServerLookup.named("REDIS_SERVER", Map.of()),
                        ServerLookup.in("redis-server", List.of(folder.toString())),
                        without(new AptInstallation("redis-server", "redis-server")),
                        without(ServerLookup.docker("redis:7", "redis-server"))));

        assertThatThrownBy(lookup::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no redis-server was found: "
                        + "either name its file in the environment variable REDIS_SERVER, "
                        + "or put it into a folder of PATH, "
                        + "or install the package redis-server (as root on Debian or Ubuntu this is done for you), "
                        + "or start a Docker engine, which can run the image redis:7");
    }

    @Test
    void takesTheFileThatTheEnvironmentNamesBeforeAnyOther() throws IOException {
        Path named = program("named");
        program("nats-server");

        Launcher found = new ServerLookup(
                        "nats-server",
                        List.of(
                                ServerLookup.named("NATS_SERVER", Map.of("NATS_SERVER", named.toString())),
                                ServerLookup.in("nats-server", List.of(folder.toString()))))
                .find();

        assertThat(found).isEqualTo(new FileLauncher(named));
    }

    @Test
    void refusesToLookFurtherWhenTheFileThatTheEnvironmentNamesIsNoProgram() throws IOException {
        program("nats-server");
        ServerLookup lookup = new ServerLookup(
                "nats-server",
                List.of(
                        ServerLookup.named(
                                "NATS_SERVER",
                                Map.of("NATS_SERVER", folder.resolve("gone").toString())),
                        ServerLookup.in("nats-server", List.of(folder.toString()))));

        assertThatThrownBy(lookup::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("NATS_SERVER names '%s', which is no executable file", folder.resolve("gone"));
    }

    @Test
    void goesOnWhenAPlaceFailsAndTellsOfThatInTheEnd() throws IOException {
        ServerLookup.Place broken = new ServerLookup.Place() {
            @Override
            public Optional<Launcher> look() throws IOException {
                throw new IOException("no network");
            }

            @Override
            public String advice() {
                return "repair it";
            }
        };
        ServerLookup.Place folders = ServerLookup.in("nats-server", List.of(folder.toString()));

        assertThatThrownBy(() -> new ServerLookup("nats-server", List.of(broken, folders)).find())
                .hasMessage("no nats-server was found: either repair it, or put it into a folder of PATH (no network)");

        Path program = program("nats-server");
        assertThat(new ServerLookup("nats-server", List.of(broken, folders)).find())
                .isEqualTo(new FileLauncher(program));
    }

    @Test
    void passesByFilesThatCannotBeExecuted() throws IOException {
        Files.writeString(folder.resolve("nats-server"), "text");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path program = program("other/nats-server");

        assertThat(ServerLookup.in("nats-server", List.of("", folder.toString(), other.toString()))
                        .look())
                .contains(new FileLauncher(program));
    }

    @Test
    void findsTheServersThatTheseTestsNeed() {
        assertThat(ServerLookup.everywhere(ServerKind.NATS).find()).isNotNull();
        assertThat(ServerLookup.everywhere(ServerKind.REDIS).find()).isNotNull();
    }

    @Test
    void runsAnImageAsThisUserWithItsPortOnLoopbackAndItsFilesInPlace() {
        Path directory = Path.of("/tmp/wasmcloud-nats-server-7");

        assertThat(new DockerLauncher("nats:2", "nats-server")
                        .command(directory, 20_001, List.of("--config", "/tmp/wasmcloud-nats-server-7/nats.conf")))
                .startsWith("docker", "run", "--rm", "--name", "wasmcloud-nats-server-7")
                .containsSequence("--publish", "127.0.0.1:20001:20001")
                .containsSequence("--volume", "/tmp/wasmcloud-nats-server-7:/tmp/wasmcloud-nats-server-7")
                .containsSequence("--user", Commands.userAndGroup())
                .endsWith(
                        "--entrypoint", "nats-server", "nats:2", "--config", "/tmp/wasmcloud-nats-server-7/nats.conf");
    }

    /** The place with its advice, on a machine where there is nothing to be had from it. */
    private static ServerLookup.Place without(ServerLookup.Place place) {
        return new ServerLookup.Place() {
            @Override
            public Optional<Launcher> look() {
                return Optional.empty();
            }

            @Override
            public String advice() {
                return place.advice();
            }
        };
    }

    private Path program(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
