package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.Commands;
import com.wasmcloud.testkit.servers.NatsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Runs the image of a provider that was made without an engine, where an engine answers. */
final class ImageOnEngine {
    private static final Pattern LOADED = Pattern.compile("Loaded image: (\\S+)");
    private static final Duration START = Duration.ofMinutes(2);

    private ImageOnEngine() {}

    /**
     * Runs it as one is told to: nobody's user, a root that cannot be written, and the host data in the environment.
     *
     * @param executable of the same provider, which makes the host data
     * @param image for {@code docker load}
     */
    static void check(Path executable, Path image, NatsServer nats) throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            System.out.println("no container engine answers: the image is not run");
            return;
        }
        Matcher name = LOADED.matcher(Commands.check("docker", "load", "-i", image.toString()));
        assertThat(name.find()).isTrue();
        String hostData = Commands.check(
                executable.toString(), "host-data", "--nats", nats.url(), "--cluster-seed", image + ".seed");
        try (GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(name.group(1)))) {
            container
                    .withEnv("WASMCLOUD_HOST_DATA", hostData.strip())
                    .withNetworkMode("host")
                    .withCreateContainerCmdModifier(create ->
                            create.getHostConfig().withReadonlyRootfs(true).withMemory(256L << 20))
                    .waitingFor(Wait.forHealthcheck().withStartupTimeout(START))
                    .start();

            Container.ExecResult health = container.execInContainer("/provider/bin/java", "@/provider/health");
            assertThat(health.getExitCode())
                    .as(health.getStdout() + health.getStderr())
                    .isZero();
            String id = container.getContainerId();
            Commands.check("docker", "stop", "--time", "20", id);
            assertThat(Commands.check("docker", "inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", id))
                    .startsWith("143 false");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
