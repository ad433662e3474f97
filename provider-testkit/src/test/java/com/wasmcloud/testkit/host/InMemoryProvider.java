package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.testkit.suites.InMemoryKeyValue;
import com.wasmcloud.wasmbus.Wasmbus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A provider to test the tests with. */
final class InMemoryProvider {
    static final Provider PROVIDER = Provider.named("in-memory")
            .speaks(Wasmbus.serves(KeyValueContract.INSTANCE, link -> new InMemoryKeyValue()));

    private InMemoryProvider() {}

    public static void main(String[] arguments) {
        PROVIDER.run(arguments);
    }

    /** Makes an executable that runs it with an empty environment too. */
    static Path executable(Path folder) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String options = "-Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
        Path file = Files.writeString(
                folder.resolve("in-memory-provider"),
                "#!/bin/sh\nexec '%s' %s -cp '%s' %s \"$@\"\n"
                        .formatted(
                                java,
                                options,
                                System.getProperty("java.class.path"),
                                InMemoryProvider.class.getName()));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
