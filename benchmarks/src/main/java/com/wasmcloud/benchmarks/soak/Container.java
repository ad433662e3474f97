package com.wasmcloud.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A limit to the memory of a process, set by the same means as that of a container: a control group of Linux, for which one
 * has to be root. Removed when it is closed, after its process has ended.
 */
final class Container implements AutoCloseable {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private final int mebibytes;
    private final Path group;

    private Container(int mebibytes, Path group) {
        this.mebibytes = mebibytes;
        this.group = group;
    }

    /**
     * Makes a group for a limit of so many MiB, 0 for none.
     *
     * @throws IllegalStateException when that is not allowed
     */
    static Container of(int mebibytes) throws IOException {
        boolean first = Files.isDirectory(GROUPS.resolve("memory")); // version 1 has a folder for each controller
        Path group = (first ? GROUPS.resolve("memory") : GROUPS)
                .resolve("benchmark-" + ProcessHandle.current().pid());
        if (mebibytes > 0) {
            try {
                Files.createDirectories(group);
                Files.writeString(
                        group.resolve(first ? "memory.limit_in_bytes" : "memory.max"),
                        Long.toString((long) mebibytes << 20));
            } catch (IOException e) {
                throw new IllegalStateException(
                        "cannot limit memory without the right to make a control group (" + e.getMessage()
                                + "); use --container 0 and set WASMCLOUD_JAVA_OPTS",
                        e);
            }
        }
        return new Container(mebibytes, group);
    }

    /** An executable that enters the group and becomes the given one; {@code WASMCLOUD_JAVA_OPTS} is passed on. */
    Path around(Path executable) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        if (mebibytes > 0) {
            script.append("echo $$ >'").append(group.resolve("cgroup.procs")).append("' || exit 1\n");
        }
        String options = System.getenv("WASMCLOUD_JAVA_OPTS");
        if (options != null) {
            script.append("export WASMCLOUD_JAVA_OPTS='").append(options).append("'\n");
        }
        script.append("exec '").append(executable).append("'\n");
        Path file = Files.createTempFile(
                "in-container-",
                ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        file.toFile().deleteOnExit();
        return Files.writeString(file, script);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mebibytes > 0) {
            // what the process started, such as that which prepares its next start, ends a little later than itself
            for (int attempt = 0;
                    attempt < 300
                            && !Files.readString(group.resolve("cgroup.procs")).isEmpty();
                    attempt++) {
                Thread.sleep(100);
            }
            Files.delete(group);
        }
    }
}
