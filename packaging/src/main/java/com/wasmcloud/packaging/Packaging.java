package com.wasmcloud.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Makes of a provider's jar what is shipped beside its executable: {@code NAME-linux-x86_64}, a file that brings its own Java;
 * {@code image/}, the root file system of an image; and {@code NAME-image.tar}, that image for {@code docker load}. The same
 * inputs in the same folder of the same machine give the same bytes of the image; those of the file differ in the archive of its classes.
 *
 * <p>Used by one thread, once.
 */
public final class Packaging {
    private Packaging() {}

    /**
     * Runs once for a provider.
     *
     * @param arguments {@code classes} with the file to write and the file that Java wrote, to renew a list of classes; or
     *     {@code key=value} for each of what is to be packaged
     * @throws IOException if a tool of the JDK fails, or a file cannot be read or written; the message tells which
     */
    public static void main(String... arguments) throws IOException {
        if (arguments.length == 3 && arguments[0].equals("classes")) {
            List<String> lines = Files.readAllLines(Path.of(arguments[2]));
            Files.writeString(Path.of(arguments[1]), ClassNames.contract(lines));
        } else {
            make(Inputs.of(arguments));
        }
    }

    static void make(Inputs inputs) throws IOException {
        String machine = machine();
        Home home = Home.make(inputs, inputs.target().resolve("provider"));
        Path file = inputs.target().resolve(inputs.name() + "-linux-" + machine);
        home.archiveForSpeed(inputs);
        SelfContained.write(inputs, home, "linux-" + machine, file);
        home.archiveForReproduction(inputs);
        Path root = inputs.target().resolve("image");
        Image.writeRoot(inputs, home, root);
        String architecture = machine.equals("x86_64") ? "amd64" : "arm64";
        DockerArchive.write(inputs, root, architecture, inputs.target().resolve(inputs.name() + "-image.tar"));
        Folder.delete(home.folder());
    }

    /** As the system calls it, and hosts do in archives. */
    private static String machine() throws IOException {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return switch (system.toLowerCase(Locale.ROOT)) {
            case "linux amd64" -> "x86_64";
            case "linux aarch64" -> "aarch64";
            default ->
                throw new IOException("self-contained files and images are made on Linux, and this is " + system);
        };
    }
}
