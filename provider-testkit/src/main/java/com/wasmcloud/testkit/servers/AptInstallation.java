package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Installs a Debian package when this process is root on Debian or a relative of it.
 *
 * <p>Processes take turns by a lock on a file, and look again once it is theirs. On a machine with systemd the package
 * also starts the server on its usual port, which is neither used nor touched.
 */
record AptInstallation(String program, String debianPackage) implements ServerLookup.Place {
    private static final Path APT = Path.of("/usr/bin/apt-get");

    @Override
    public Optional<Launcher> look() throws IOException {
        if (!Files.isExecutable(APT) || !Commands.userAndGroup().startsWith("0:")) {
            return Optional.empty();
        }
        Path lockFile = Path.of(System.getProperty("java.io.tmpdir"), "wasmcloud-testkit-apt.lock");
        // within one process a lock on a file is an error and not a wait
        synchronized (AptInstallation.class) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Optional<Launcher> present = installed();
                if (lock.isValid() && present.isEmpty()) {
                    install();
                    present = installed();
                }
                return present;
            }
        }
    }

    private Optional<Launcher> installed() throws IOException {
        return ServerLookup.onPath(program, "/usr/bin").look();
    }

    private void install() throws IOException {
        String environment = "DEBIAN_FRONTEND=noninteractive";
        String wait = "DPkg::Lock::Timeout=120";
        Commands.check("env", environment, APT.toString(), "-o", wait, "-qq", "update");
        Commands.check(
                "env",
                environment,
                APT.toString(),
                "-o",
                wait,
                "-qq",
                "install",
                "-y",
                "--no-install-recommends",
                debianPackage);
    }

    @Override
    public String advice() {
        return "install the package %s (as root on Debian or Ubuntu this is done for you)".formatted(debianPackage);
    }
}
