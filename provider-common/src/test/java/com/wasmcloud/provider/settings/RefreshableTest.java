package com.wasmcloud.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshableTest {
    @TempDir
    Path folder;

    @Test
    void readsAgainWhatAFileHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "first");
        Sources sources = Sources.ofLink(Map.of("key", "file:" + file));
        Refreshable<String> text = new Refreshable<>("the texts", "first", () -> sources.read(RefreshableTest::key));

        assertThat(text.refresh()).isFalse();
        Files.writeString(file, "second");
        assertThat(text.value()).isEqualTo("first");
        assertThat(text.refresh()).isTrue();
        assertThat(text.value()).isEqualTo("second");
    }

    @Test
    void keepsWhatItHasWhenItCannotBeReadAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "first");
        Sources sources = Sources.ofLink(Map.of("key", "file:" + file));
        Refreshable<String> text = new Refreshable<>("the texts", "first", () -> sources.read(RefreshableTest::key));

        Files.delete(file);
        assertThat(text.refresh()).isFalse();
        assertThat(text.value()).isEqualTo("first");
    }

    private static String key(Settings settings) {
        return settings.text("key").orElse("");
    }
}
