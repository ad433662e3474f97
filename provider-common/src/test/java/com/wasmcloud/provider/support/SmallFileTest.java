package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmallFileTest {
    @TempDir
    Path folder;

    @Test
    void readsTextAndBytesThroughLinksToo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "grün\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(SmallFile.text(link)).isEqualTo("grün\n");
        assertThat(SmallFile.bytes(file)).isEqualTo(Files.readAllBytes(file));
        assertThat(SmallFile.bytes(Files.createFile(folder.resolve("empty")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null", "/proc/kmsg", "/proc/self/environ", "/proc", "/dev/tty"})
    void refusesDevicesAndFilesOfTheKernel(String name) {
        assertThatIOException().isThrownBy(() -> SmallFile.bytes(Path.of(name)));
    }

    @Test
    void refusesAPipeThatNobodyWritesTo() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(mkfifo.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThatIOException().isThrownBy(() -> SmallFile.text(pipe)).withMessage("is not a regular file");
    }

    @Test
    void refusesWhatIsNotThereOrTooLargeOrNoText() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> SmallFile.check(folder.resolve("gone")))
                .withMessage("does not exist or cannot be read");
        assertThatIOException().isThrownBy(() -> SmallFile.text(folder)).withMessage("is not a regular file");
        Path large = Files.write(folder.resolve("large"), new byte[1024 * 1024 + 1]);
        assertThatIOException().isThrownBy(() -> SmallFile.check(large)).withMessage("is larger than 1 MiB");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
        assertThatIOException().isThrownBy(() -> SmallFile.text(binary)).withMessage("is not text in UTF-8");
    }

    @Test
    void namesTheFileForThoseWhoDoNot() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Path gone = folder.resolve("gone");

        assertThat(SmallFile.namedText(file)).isEqualTo("text");
        assertThat(SmallFile.namedBytes(file)).isEqualTo(Files.readAllBytes(file));
        String message = gone + " does not exist or cannot be read";
        assertThatIOException().isThrownBy(() -> SmallFile.namedText(gone)).withMessage(message);
        assertThatIOException().isThrownBy(() -> SmallFile.namedBytes(gone)).withMessage(message);
    }
}
