package com.wasmcloud.testkit.servers;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * S3 as Ceph's object gateway understands it: a cluster of one monitor and one storage daemon, which keeps everything in
 * memory, and the gateway, each in a process of its own on a free port of 127.0.0.1. A second opinion on what works with
 * an {@link S3Server}; it takes some 20 seconds to start, and 60 MB of packages.
 *
 * <p>Thread-safe. Whoever starts one closes it; a JVM that ends in order takes it along.
 */
public final class CephGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ACCESS_KEY = "testkit";

    private final TemporaryFolder folder = TemporaryFolder.of("ceph");
    private final List<Process> processes = new ArrayList<>();
    private final AtExit atExit = AtExit.run(this::discard);
    private final String secretKey = UUID.randomUUID().toString().replace("-", "");
    private final int monitorPort = Ports.free();
    private final int port = Ports.free();

    private CephGateway() {}

    /**
     * Starts it, after installing what is missing where that is possible.
     *
     * @throws IllegalStateException when there is no Ceph to be had or it does not come up
     */
    public static CephGateway start() {
        CephGateway gateway = new CephGateway();
        try {
            gateway.run();
            return gateway;
        } catch (IOException failure) {
            gateway.close();
            throw new IllegalStateException("the Ceph gateway did not start: " + failure.getMessage(), failure);
        } catch (RuntimeException | AssertionError failure) {
            gateway.close();
            throw failure;
        }
    }

    /** Where clients connect: {@code http://127.0.0.1:…}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What a link of {@code wasmcloud:blobstore} on S3 needs to use it. */
    public Map<String, String> linkValues() {
        Map<String, String> values = new HashMap<>(S3Server.linkValues(url(), ACCESS_KEY, secretKey));
        // this version knows nothing of the checksums that newer clients send unasked
        values.put("checksum", "when_required");
        return values;
    }

    private void run() throws IOException {
        String cluster = UUID.randomUUID().toString();
        Files.writeString(configuration(), configuration(cluster));
        for (String part : List.of("mon", "osd", "rgw")) {
            Files.createDirectory(folder.path().resolve(part));
        }
        Launcher monitor = program("ceph-mon", "ceph-mon");
        Launcher storage = program("ceph-osd", "ceph-osd");
        Launcher gateway = program("radosgw", "radosgw");
        program("ceph", "ceph-common");

        String keys = keyring().toString();
        Commands.check("ceph-authtool", "--create-keyring", keys, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *");
        addKey("client.admin", "allow *");
        addKey("osd.0", "allow profile osd");
        String map = folder.path().resolve("monmap").toString();
        String address = "[v2:127.0.0.1:%d]".formatted(monitorPort);
        Commands.check("monmaptool", "--create", "--addv", "a", address, "--fsid", cluster, map);
        check("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", keys);
        launch(monitor, "-i", "a", "-f");

        String disk = UUID.randomUUID().toString();
        check("ceph", "--connect-timeout", "60", "osd", "new", disk);
        check("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk);
        launch(storage, "-i", "0", "-f");
        check(
                "radosgw-admin",
                "user",
                "create",
                "--uid=" + ACCESS_KEY,
                "--display-name=" + ACCESS_KEY,
                "--access-key=" + ACCESS_KEY,
                "--secret-key=" + secretKey);
        Process last = launch(gateway, "-n", "client.admin", "-f");
        Await.until("the Ceph gateway listens or ends", PATIENCE, () -> listens() || !last.isAlive());
        if (!last.isAlive()) {
            throw new IOException("radosgw ended with code " + last.exitValue());
        }
    }

    private String configuration(String cluster) {
        return """
                [global]
                fsid = %1$s
                mon host = v2:127.0.0.1:%2$d
                public addr = 127.0.0.1
                cluster addr = 127.0.0.1
                ms bind msgr1 = false
                keyring = %3$s/keyring
                mon data = %3$s/mon
                osd data = %3$s/osd
                rgw data = %3$s/rgw
                run dir = %3$s
                admin socket = %3$s/$name.$pid.asok
                log file = %3$s/$name.log
                pid file =
                mon allow pool size one = true
                mon data avail crit = 1
                osd objectstore = memstore
                memstore device bytes = 4294967296
                osd crush chooseleaf type = 0
                osd pool default size = 1
                osd pool default min size = 1
                osd pool default pg num = 1
                osd pool default pgp num = 1
                osd pool default pg autoscale mode = off
                rgw frontends = beast endpoint=127.0.0.1:%4$d
                """.formatted(cluster, monitorPort, folder.path(), port);
    }

    private void addKey(String name, String onMonitor) throws IOException {
        Commands.check(
                "ceph-authtool",
                keyring().toString(),
                "--gen-key",
                "-n",
                name,
                "--cap",
                "mon",
                onMonitor,
                "--cap",
                "osd",
                "allow *");
    }

    private void check(String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program, "-c", configuration().toString()));
        command.addAll(List.of(arguments));
        Commands.check(command.toArray(new String[0]));
    }

    private Process launch(Launcher launcher, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-c", configuration().toString()));
        all.addAll(List.of(arguments));
        Process process = new ProcessBuilder(launcher.command(folder.path(), port, all))
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.path().resolve("processes.log").toFile()))
                .start();
        synchronized (processes) {
            processes.add(process);
        }
        return process;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Launcher program(String program, String debianPackage) {
        return new ServerLookup(
                        program,
                        List.of(
                                ServerLookup.onPath(program, System.getenv("PATH")),
                                new AptInstallation(program, debianPackage)))
                .find();
    }

    private Path configuration() {
        return folder.path().resolve("ceph.conf");
    }

    private Path keyring() {
        return folder.path().resolve("keyring");
    }

    @Override
    public void close() {
        discard();
        atExit.cancel();
    }

    private void discard() {
        synchronized (processes) {
            processes.forEach(Process::destroyForcibly);
            processes.forEach(process -> Commands.ended(process, PATIENCE));
        }
        folder.delete();
    }
}
