package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which of several instances of a provider a health question is meant for. All of them hear it, and a host takes the first
 * answer; but who looks after one of them, such as the probe of a container, wants its answer and no other. So such a question
 * names the machine, which is the container, and instances on other machines do not answer it.
 */
final class HealthQuestion {
    private static final String MACHINE = "machine";
    private static final Path NAME_OF_LINUX = Path.of("/proc/sys/kernel/hostname");

    private HealthQuestion() {}

    /** The question for the instances on this machine only. */
    static Bytes forThisMachine() {
        return Bytes.utf8(Json.write(Map.of(MACHINE, machine())));
    }

    /** Whether a question is for an instance on this machine; one that names none is for all. */
    static boolean isForUs(Bytes question) {
        if (!LinkDefinition.isJson(question)) {
            return true;
        }
        try {
            String machine = Json.text(Json.object(question), MACHINE);
            return machine.isEmpty() || machine.equals(machine());
        } catch (IllegalArgumentException e) {
            return true; // a question all the same
        }
    }

    private static String machine() {
        try {
            return Files.readString(NAME_OF_LINUX).strip();
        } catch (IOException e) {
            return ""; // another system: there, the first answer counts
        }
    }
}
