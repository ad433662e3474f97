package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of the build machine. Stateless. */
final class Command {
    private Command() {}

    /**
     * Runs one to its end, without an environment.
     *
     * @return what it wrote to standard output
     * @throws IOException if it fails; the message has what it said
     */
    static String run(String... command) throws IOException {
        Path errors = Files.createTempFile("packaging", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("%s failed with exit code %d: %s"
                        .formatted(command[0], code, (Files.readString(errors) + output).strip()));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", e);
        } finally {
            Files.delete(errors);
        }
    }
}
