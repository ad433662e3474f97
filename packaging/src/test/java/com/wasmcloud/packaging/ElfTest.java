package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfTest {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int DEBUG_TABLES = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void leavesOtherFilesAsTheyAre() throws Exception {
        byte[] shell = shell();
        byte[] cut = Arrays.copyOf(shell, shell.length - 1);
        byte[] head = Arrays.copyOf(shell, 64);
        byte[] big = shell.clone();
        big[5] = 2; // big-endian
        for (byte[] other : new byte[][] {new byte[0], "#!/bin/sh".getBytes(UTF_8), new byte[100], cut, head, big}) {
            assertThat(Elf.stripped(other)).isSameAs(other);
        }
    }

    @Test
    void removesTheTablesForDebuggersFromAProgramThatStillRuns() throws Exception {
        byte[] shell = shell();
        byte[] stripped = Elf.stripped(withDebugTables(shell));
        assertThat(stripped.length).isLessThanOrEqualTo(shell.length + 64);

        Path program = Files.write(folder.resolve("sh"), stripped);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Process process = new ProcessBuilder(program.toString(), "-c", "echo works").start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("works\n");
        assertThat(process.waitFor()).isZero();
        assertThat(Elf.stripped(stripped).length).as("once is enough").isEqualTo(stripped.length);
    }

    private static byte[] shell() throws Exception {
        assumeTrue(Files.exists(SHELL), "no /bin/sh");
        byte[] shell = Files.readAllBytes(SHELL);
        assumeTrue(shell[0] == 0x7f && shell[4] == 2 && shell[5] == 1, "no ELF of 64 bits, little-endian");
        return shell;
    }

    /** The same program with one more section that is never loaded. */
    private static byte[] withDebugTables(byte[] program) {
        ByteBuffer elf = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        int headers = Math.toIntExact(elf.getLong(40));
        int size = elf.getShort(60) * 64;
        ByteBuffer larger =
                ByteBuffer.allocate(program.length + DEBUG_TABLES + size + 64).order(ByteOrder.LITTLE_ENDIAN);
        larger.put(program).put(new byte[DEBUG_TABLES]).put(program, headers, size);
        larger.putInt(0).putInt(1).putLong(0).putLong(0).putLong(program.length).putLong(DEBUG_TABLES);
        larger.putLong(40, program.length + DEBUG_TABLES);
        larger.putShort(60, (short) (elf.getShort(60) + 1));
        return larger.array();
    }
}
