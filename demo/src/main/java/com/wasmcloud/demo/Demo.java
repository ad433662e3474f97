package com.wasmcloud.demo;

import com.wasmcloud.testkit.servers.AtExit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;

/**
 * The demo as a process: HTTP requests reach an actor through one provider, and the actor counts them in Redis, keeps files
 * in S3, fetches pages and writes its log through others. Runs until it is interrupted and then ends with 0, or with 1 and one sentence when it cannot start.
 */
public final class Demo {
    private Demo() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String... arguments) throws InterruptedException {
        LogManager.getLogManager().reset(); // what happens is said by the demo itself
        AtomicInteger exitCode = new AtomicInteger();
        // the first one registered runs last; without it an interruption would not count as an orderly end
        AtExit.run(() -> Runtime.getRuntime().halt(exitCode.get()));
        try {
            DemoOptions options = DemoOptions.parse(arguments);
            if (options.help()) {
                System.out.print(DemoOptions.USAGE);
            } else {
                run(options);
            }
        } catch (RuntimeException | AssertionError failure) {
            exitCode.set(1);
            System.err.println("The demo cannot run: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static void run(DemoOptions options) throws InterruptedException {
        options.requireExecutables();
        requireFree(options.port());
        System.out.println(
                "Starting Redis, S3, NATS and five providers (a server that is missing is installed first, as root"
                        + " on Debian or Ubuntu)");
        RunningDemo demo = RunningDemo.start(options, new Screen(System.out));
        AtExit.run(demo::close);
        demo.introduce();
        demo.watch();
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new IllegalStateException(
                    "cannot listen on port %d of 127.0.0.1 (%s); choose another one with ./demo.sh --port N"
                            .formatted(port, taken.getMessage()),
                    taken);
        }
    }
}
