package com.wasmcloud.testkit.servers;

import java.nio.file.Path;
import java.util.List;

/** Programs of this machine that tests use and that are no servers, such as a browser. Stateless. */
public final class Programs {
    private Programs() {}

    /**
     * The file of a program, which is installed if it is missing and this process is root on Debian or Ubuntu.
     *
     * @param program its name
     * @param debianPackage what has it there
     * @throws IllegalStateException when it cannot be had, with what can be done about it
     */
    public static Path find(String program, String debianPackage) {
        List<ServerLookup.Place> places = List.of(
                ServerLookup.onPath(program, System.getenv("PATH")), new AptInstallation(program, debianPackage));
        if (new ServerLookup(program, places).find() instanceof FileLauncher launcher) {
            return launcher.file();
        }
        throw new IllegalStateException("%s is no program of this machine".formatted(program));
    }
}
