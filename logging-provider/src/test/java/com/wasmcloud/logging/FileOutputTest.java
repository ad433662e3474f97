package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutputTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("/");
    private Instant now = Instant.parse("2026-11-23T23:59:50Z");
    private FileOutput output = new FileOutput(settings(0, Duration.ZERO, 0), () -> now);

    @BeforeEach
    void open() {
        file = folder.resolve("actors.log");
        output = new FileOutput(settings(0, Duration.ZERO, 0), () -> now);
    }

    @AfterEach
    void close() {
        output.close();
    }

    @Test
    void appendsToWhatIsThere() throws Exception {
        Files.writeString(file, "before\n");
        write("a", "b");
        write("c");
        assertThat(file).hasContent("before\na\nb\nc\n");
    }

    @Test
    void othersCannotReadANewFile() throws Exception {
        write("a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void beginsANewFileBeforeOneBecomesTooLarge() throws Exception {
        output.use(settings(10, Duration.ZERO, 2));
        write("1234", "5678", "abcd", "e", "f", "ghijk", "a line that is longer than a file may be", "z");
        assertThat(file).hasContent("z\n");
        assertThat(older(1)).hasContent("a line that is longer than a file may be\n");
        assertThat(older(2)).hasContent("ghijk\n");
        assertThat(older(3)).doesNotExist();
    }

    @Test
    void keepsNoOlderFileWhenNoneIsWanted() throws Exception {
        output.use(settings(10, Duration.ZERO, 0));
        write("12345678", "abcdefgh");
        assertThat(file).hasContent("abcdefgh\n");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void removesOlderFilesWhenFewerAreWantedThanBefore() throws Exception {
        output.use(settings(4, Duration.ZERO, 4));
        write("aaa", "bbb", "ccc", "ddd", "eee");
        assertThat(older(4)).hasContent("aaa\n");
        output.use(settings(4, Duration.ZERO, 1));
        write("fff");
        assertThat(file).hasContent("fff\n");
        assertThat(older(1)).hasContent("eee\n");
        assertThat(older(2)).doesNotExist();
        assertThat(older(4)).doesNotExist();
    }

    @Test
    void beginsANewFileWhenItsTimeIsOver() throws Exception {
        output.use(settings(0, Duration.ofDays(1), 3));
        write("monday");
        now = now.plusSeconds(9);
        write("monday, late");
        now = now.plusSeconds(1);
        write("tuesday");
        now = now.plus(Duration.ofDays(2));
        write("thursday");
        assertThat(file).hasContent("thursday\n");
        assertThat(older(1)).hasContent("tuesday\n");
        assertThat(older(2)).hasContent("monday\nmonday, late\n");
    }

    @Test
    void aFileOfAnEarlierProcessHasItsTimeToo() throws Exception {
        Files.writeString(file, "long ago\n");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(now.minus(Duration.ofDays(1))));
        output.use(settings(0, Duration.ofDays(1), 3));
        write("now");
        assertThat(older(1)).hasContent("long ago\n");
        assertThat(file).hasContent("now\n");
    }

    @Test
    void beginsANewLineAfterHalfALineOfAProcessThatWasKilled() throws Exception {
        Files.writeString(file, "whole\nha");
        write("a");
        assertThat(file).hasContent("whole\nha\na\n");
    }

    @Test
    void noticesThatTheFileWasMovedOrDeleted() throws Exception {
        write("a");
        Files.move(file, folder.resolve("elsewhere"));
        now = now.plusSeconds(1);
        write("b");
        assertThat(folder.resolve("elsewhere")).hasContent("a\n");
        assertThat(file).hasContent("b\n");
        Files.delete(file);
        now = now.plusSeconds(1);
        write("c");
        assertThat(file).hasContent("c\n");
    }

    @Test
    void saysWhyAFileCannotBeWrittenAndRecoversWithoutHelp() throws Exception {
        file = folder.resolve("missing/actors.log");
        output = new FileOutput(settings(0, Duration.ZERO, 0), () -> now);
        fails("its folder does not exist");
        Files.createDirectory(file.getParent());
        write("a");
        assertThat(file).hasContent("a\n");
    }

    @Test
    void refusesWhatIsNoRegularFile() throws Exception {
        Files.createDirectory(file);
        fails("it is not a regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        fails("it is not a regular file");
    }

    @Test
    void aFileThatCannotBeMovedGrowsAndSaysSo() throws Exception {
        output.use(settings(4, Duration.ZERO, 1));
        Files.createDirectories(older(1).resolve("in the way"));
        write("aaa", "bbb");
        assertThat(file).hasContent("aaa\nbbb\n");
        assertThat(output.warning()).hasValueSatisfying(text -> assertThat(text).startsWith("cannot begin a new file"));

        Files.delete(older(1).resolve("in the way"));
        Files.delete(older(1));
        now = now.plusSeconds(1);
        write("ccc");
        assertThat(file).hasContent("ccc\n");
        assertThat(output.warning()).isEmpty();
    }

    @Test
    void aPartOfALineIsTakenBackAndWholeOnesStay() throws Exception {
        Block block = Block.of(lines("aaa", "bbb", "ccc"), Long.MAX_VALUE, false);
        try (LimitedChannel full = new LimitedChannel(10)) {
            assertThatThrownBy(() -> block.writeTo(full)).hasMessage("No space left on device");
        }
        assertThat(block.wholeLines()).isEqualTo(2);
        assertThat(block.wholeBytes()).isEqualTo(8);
        assertThat(block.written()).isEqualTo(10);
    }

    @Test
    void waitsForTheDiskWhenThatIsAskedFor() throws Exception {
        output.use(new Destination.File(file, 0, Duration.ZERO, 0, true));
        write("a");
        assertThat(file).hasContent("a\n");
    }

    @Test
    void twoWhoWriteToOneFileDoNotDestroyEachOthersLines() throws Exception {
        write("a");
        Files.writeString(file, "of another\n", StandardOpenOption.APPEND);
        write("b");
        assertThat(file).hasContent("a\nof another\nb\n");
    }

    private Destination.File settings(long bytes, Duration every, int keep) {
        return new Destination.File(file, bytes, every, keep, false);
    }

    private Path older(int number) {
        return folder.resolve("actors.log." + number);
    }

    private void write(String... texts) throws IOException {
        List<byte[]> lines = lines(texts);
        while (!lines.isEmpty()) {
            lines = lines.subList(output.write(lines), lines.size());
        }
    }

    private void fails(String reason) {
        assertThatThrownBy(() -> output.open()).isInstanceOf(IOException.class).hasMessage(reason);
        assertThatThrownBy(() -> write("lost")).isInstanceOf(IOException.class).hasMessage(reason);
    }

    private static List<byte[]> lines(String... texts) {
        return Arrays.stream(texts)
                .map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
