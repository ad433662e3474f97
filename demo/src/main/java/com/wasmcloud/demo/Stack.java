package com.wasmcloud.demo;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.AtExit;
import com.wasmcloud.wasmbus.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.LogManager;

/**
 * The demo's own part of what {@code compose.yaml} runs, one command a container: {@code keys} fills the common volume and
 * ends, {@code actor} is the actor with its host, {@code health} tells by its exit code whether the actor answers. Servers and
 * providers are containers of their own. In {@code compose.host.yaml}, {@code archives} does what {@code keys} does, and {@code
 * deploy} has a wasmCloud host start the providers.
 */
public final class Stack {
    private static final String USAGE = "usage: keys|actor|health|archives|deploy FOLDER PORT";
    private static final Path ARCHIVES = Path.of("/opt/demo/archives");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Stack() {}

    /** Runs a command; 1 and one sentence when it fails. */
    public static void main(String... arguments) throws InterruptedException {
        LogManager.getLogManager().reset(); // what happens is said by the demo itself
        try {
            run(arguments);
        } catch (RuntimeException | AssertionError | IOException failure) {
            System.err.println("The demo cannot run: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException(USAGE);
        }
        Path folder = Path.of(arguments[1]);
        int port = DemoOptions.port(arguments[2]);
        switch (arguments[0]) {
            case "keys" -> StackFiles.prepare(folder, port);
            case "actor" -> act(StackFiles.in(folder, port));
            case "archives" -> HostFiles.prepare(folder, port, ARCHIVES);
            case "deploy" -> deploy(StackFiles.in(folder, port));
            case "health" -> askTheActor(StackFiles.in(folder, port));
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static void deploy(StackFiles files) throws IOException, InterruptedException {
        HostDeployment.run(files, NatsAccess.anonymous(files.natsUrl()));
    }

    private static void act(StackFiles files) throws InterruptedException {
        StackKeys keys = files.keys();
        TestHost host = TestHost.start(NatsAccess.anonymous(files.natsUrl()), StackFiles.LATTICE, keys.host());
        TestActor actor = host.actor(keys.actor());
        Map<Part, Supplier<TestProvider>> providers = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            TestProvider provider =
                    host.provider(part.contract()).key(keys.provider(part)).elsewhere(keys.instanceOf(part));
            provider.link(actor, files.link(part));
            providers.put(part, () -> provider);
        }
        Screen screen = new Screen(System.out);
        ActorAtWork work = ActorAtWork.start(actor, providers, screen::request);
        AtExit.run(() -> {
            work.close();
            host.close();
        });
        screen.say("The actor serves; the page is at http://localhost:%d".formatted(files.port()));
        new CountDownLatch(1).await();
    }

    /** Whatever the actor says to an empty message shows that it is there. */
    private static void askTheActor(StackFiles files) throws IOException, InterruptedException {
        NatsConnection connection =
                NatsConnection.connect(NatsAccess.anonymous(files.natsUrl()), "health of the actor");
        try {
            String subject = new Subjects(StackFiles.LATTICE).actor(files.keys().actor());
            Await.result(connection.request(subject, Map.of(), new byte[0], PATIENCE));
        } catch (RpcException silence) {
            throw new IllegalStateException("the actor does not answer: " + silence.getMessage(), silence);
        } finally {
            connection.close();
        }
    }
}
