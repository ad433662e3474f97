package com.wasmcloud.logging;

import static com.wasmcloud.logging.Entries.asText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileOutputTest {
    /** Bytes of a line whose text has four characters. */
    private static final long LINE = asText("1234").length();

    @TempDir
    private Path folder;

    private final FaultyFile.Disk disk = new FaultyFile.Disk();
    private Path file = Path.of("/");
    private Instant now = Instant.parse("2026-11-23T23:59:50Z");
    private FileOutput output = outputOf(file);

    @BeforeEach
    void open() {
        file = folder.resolve("actors.log");
        output = outputOf(file);
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
        assertThat(file).hasContent("before\n" + asText("a", "b", "c"));
    }

    @Test
    void othersCannotReadANewFile() throws Exception {
        write("a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void beginsANewFileBeforeOneBecomesTooLarge() throws Exception {
        output.use(new FileLimits(2 * LINE, Duration.ZERO, 2, false));
        String tooLong = "a line that is longer than a file may be".repeat(2);
        write("1234", "5678", "abcd", "efgh", "ijkl", tooLong, "z");
        assertThat(file).hasContent(asText("z"));
        assertThat(older(1)).hasContent(asText(tooLong));
        assertThat(older(2)).hasContent(asText("ijkl"));
        assertThat(older(3)).doesNotExist();
    }

    @Test
    void keepsNoOlderFileWhenNoneIsWanted() throws Exception {
        output.use(new FileLimits(LINE, Duration.ZERO, 0, false));
        write("1234", "abcd");
        assertThat(file).hasContent(asText("abcd"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void removesOlderFilesWhenFewerAreWantedThanBefore() throws Exception {
        output.use(new FileLimits(LINE, Duration.ZERO, 4, false));
        write("aaaa", "bbbb", "cccc", "dddd", "eeee");
        assertThat(older(4)).hasContent(asText("aaaa"));
        output.use(new FileLimits(LINE, Duration.ZERO, 1, false));
        write("ffff");
        assertThat(file).hasContent(asText("ffff"));
        assertThat(older(1)).hasContent(asText("eeee"));
        assertThat(older(2)).doesNotExist();
        assertThat(older(4)).doesNotExist();
    }

    @Test
    void beginsANewFileWhenItsTimeIsOver() throws Exception {
        output.use(new FileLimits(0, Duration.ofDays(1), 3, false));
        write("monday");
        now = now.plusSeconds(9);
        write("monday, late");
        now = now.plusSeconds(1);
        write("tuesday");
        now = now.plus(Duration.ofDays(2));
        write("thursday");
        assertThat(file).hasContent(asText("thursday"));
        assertThat(older(1)).hasContent(asText("tuesday"));
        assertThat(older(2)).hasContent(asText("monday", "monday, late"));
    }

    @Test
    void aFileOfAnEarlierProcessHasItsTimeToo() throws Exception {
        Files.writeString(file, "long ago\n");
        Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(1))));
        output.use(new FileLimits(0, Duration.ofDays(1), 3, false));
        write("now");
        assertThat(older(1)).hasContent("long ago\n");
        assertThat(file).hasContent(asText("now"));
    }

    @Test
    void beginsANewLineAfterHalfALineOfAProcessThatWasKilled() throws Exception {
        Files.writeString(file, "whole\nha");
        write("a");
        assertThat(file).hasContent("whole\nha\n" + asText("a"));
    }

    @Test
    void noticesThatTheFileWasMovedOrDeleted() throws Exception {
        write("a");
        Files.move(file, folder.resolve("elsewhere"));
        now = now.plusSeconds(1);
        write("b");
        assertThat(folder.resolve("elsewhere")).hasContent(asText("a"));
        assertThat(file).hasContent(asText("b"));
        Files.delete(file);
        now = now.plusSeconds(1);
        write("c");
        assertThat(file).hasContent(asText("c"));
    }

    @Test
    void saysWhyAFileCannotBeWrittenAndRecoversWithoutHelp() throws Exception {
        file = folder.resolve("missing/actors.log");
        output = outputOf(file);
        fails("its folder does not exist");
        Files.createDirectory(file.getParent());
        write("a");
        assertThat(file).hasContent(asText("a"));
    }

    @Test
    void refusesWhatIsNoRegularFile() throws Exception {
        Files.createDirectory(file);
        fails("it is not a regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        fails("it is not a regular file");
        Files.delete(file);
        Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(mkfifo.waitFor(20, TimeUnit.SECONDS)).isTrue();
        fails("it is not a regular file");
        Files.delete(file);
        write("a");
        assertThat(file).hasContent(asText("a"));
    }

    @Test
    void noticesThatAPipeHasTakenThePlaceOfTheFile() throws Exception {
        write("a");
        Files.delete(file);
        Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(mkfifo.waitFor(20, TimeUnit.SECONDS)).isTrue();
        now = now.plusSeconds(1);
        fails("it is not a regular file");
    }

    @Test
    void aFileThatCannotBeMovedGrowsAndSaysSo() throws Exception {
        output.use(new FileLimits(LINE, Duration.ZERO, 1, false));
        Files.createDirectories(older(1).resolve("in the way"));
        write("aaaa", "bbbb");
        assertThat(file).hasContent(asText("aaaa", "bbbb"));
        assertThat(output.warning()).hasValueSatisfying(text -> assertThat(text).startsWith("cannot begin a new file"));

        Files.delete(older(1).resolve("in the way"));
        Files.delete(older(1));
        now = now.plusSeconds(1);
        write("cccc");
        assertThat(file).hasContent(asText("cccc"));
        assertThat(output.warning()).isEmpty();
    }

    @Test
    void takesBackThePartOfALineThatHadNoRoomAndKeepsWholeOnes() throws Exception {
        disk.has(2 * LINE + 3);
        assertThat(output.write(Entries.of("aaaa", "bbbb", "cccc"))).isEqualTo(2);
        assertThat(file).hasContent(asText("aaaa", "bbbb"));

        disk.has(3);
        assertThatThrownBy(() -> output.write(Entries.of("cccc"))).hasMessage("No space left on device");
        assertThat(file).hasContent(asText("aaaa", "bbbb"));

        disk.has(LINE);
        write("cccc");
        assertThat(file).hasContent(asText("aaaa", "bbbb", "cccc"));
    }

    @Test
    void waitsForTheDiskWhenThatIsAskedFor() throws Exception {
        write("a");
        assertThat(disk.forced()).isZero();
        output.use(new FileLimits(0, Duration.ZERO, 0, true));
        write("b");
        assertThat(disk.forced()).isOne();
    }

    @Test
    void twoWhoWriteToOneFileDoNotDestroyEachOthersLines() throws Exception {
        write("a");
        Files.writeString(file, "of another\n", StandardOpenOption.APPEND);
        write("b");
        assertThat(file).hasContent(asText("a") + "of another\n" + asText("b"));
    }

    private FileOutput outputOf(Path path) {
        return new FileOutput(path, () -> now, each -> new FaultyFile(FileOutput.Opening.REAL.open(each), disk));
    }

    private Path older(int number) {
        return folder.resolve("actors.log." + number);
    }

    private void write(String... texts) throws IOException {
        List<Entry> entries = Entries.of(texts);
        while (!entries.isEmpty()) {
            entries = entries.subList(output.write(entries), entries.size());
        }
    }

    private void fails(String reason) {
        assertThatThrownBy(() -> output.open()).isInstanceOf(IOException.class).hasMessage(reason);
        assertThatThrownBy(() -> write("lost")).isInstanceOf(IOException.class).hasMessage(reason);
    }
}
