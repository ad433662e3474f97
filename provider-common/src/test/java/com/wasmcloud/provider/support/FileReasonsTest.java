package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReasonsTest {
    @Test
    void saysWhyWhereJavaOnlyNamesTheFile() {
        assertThat(FileReasons.of(new NoSuchFileException("/file"))).isEqualTo("no such file or folder");
        assertThat(FileReasons.of(new AccessDeniedException("/file"))).isEqualTo("permission denied");
        assertThat(FileReasons.of(new FileAlreadyExistsException("/file"))).isEqualTo("it exists already");
        assertThat(FileReasons.of(new FileSystemException("/file", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(FileReasons.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
    }

    @Test
    void saysWhyAFolderIsNoFile(@TempDir Path folder) {
        try {
            Files.newOutputStream(folder).close();
        } catch (IOException e) {
            assertThat(FileReasons.of(e)).isEqualTo("Is a directory");
            return;
        }
        throw new AssertionError("a folder was written to");
    }
}
