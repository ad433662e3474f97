package com.wasmcloud.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The options of Java, as the launcher's script has them: it is the one place where they are chosen.
 *
 * @param script its part that chooses them, from its variable {@code java_major}
 */
record LaunchOptions(String script) {
    private static final String BEGIN = "\n# options:";
    private static final String END = "\n# end of options\n";

    /** @throws IOException if the script has no such part */
    static LaunchOptions of(Inputs inputs) throws IOException {
        String script = Files.readString(inputs.launcher());
        int begin = script.indexOf(BEGIN);
        int end = script.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(inputs.launcher() + " has no part between '# options:' and '# end of options'");
        }
        return new LaunchOptions(script.substring(begin + 1, end)
                .replace("@heap.max@", Integer.toString(inputs.heapMax()))
                .replace("@heap.young@", Integer.toString(inputs.heapYoung()))
                .replace("@java.options@", inputs.options())
                .strip());
    }

    /** All but the sizes that follow the limit of memory at each start. */
    List<String> forJava(int major) throws IOException {
        return chosen(major, "").stream()
                .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-XX:MaxDirectMemorySize"))
                .toList();
    }

    /** Those of a health check, which has to fit in beside the provider. */
    List<String> forHealth(int major) throws IOException {
        return chosen(major, "health");
    }

    private List<String> chosen(int major, String argument) throws IOException {
        return Command.run(
                        "/bin/sh",
                        "-c",
                        "java_major=" + major + "\n" + script + "\nprintf '%s\\n' $flags",
                        "options",
                        argument)
                .lines()
                .toList();
    }
}
