package com.wasmcloud.logging;

import com.wasmcloud.provider.support.FileReasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines at the end of a file, which is replaced by a new one when it is full or its time is over, and opened again when
 * somebody has moved it away. A line that could be written in part only is taken back.
 */
final class FileOutput implements Output {
    private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(1);
    /** Whoever runs the provider may read and write, the group may read. */
    private static final FileAttribute<?>[] PERMISSIONS =
            Path.of("/").getFileSystem().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                    }
                    : new FileAttribute<?>[0];

    private final Path path;
    private final InstantSource clock;
    private final Opening opening;
    private volatile FileLimits limits = new FileLimits(0, Duration.ZERO, 0, false);
    private volatile @Nullable String rotationTrouble;
    private @Nullable FileChannel channel;
    private @Nullable Object identity;
    private boolean afterFragment;
    private long size;
    private long period;
    private Instant lookedAt = Instant.EPOCH;
    private Instant rotationAgainAt = Instant.EPOCH;

    /** How a file is opened for writing at its end, and made when it is not there. */
    interface Opening {
        Opening REAL = path -> FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PERMISSIONS);

        FileChannel open(Path path) throws IOException;
    }

    FileOutput(Path path, InstantSource clock, Opening opening) {
        this.path = path;
        this.clock = clock;
        this.opening = opening;
    }

    @Override
    public void use(FileLimits changed) {
        limits = changed;
    }

    @Override
    public void open() throws IOException {
        try {
            opened();
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public int write(List<Entry> entries) throws IOException {
        try {
            return append(entries);
        } catch (IOException e) {
            close();
            throw explained(e);
        }
    }

    private static IOException explained(IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "its folder does not exist" : FileReasons.of(failure);
        return new IOException(reason, failure);
    }

    private int append(List<Entry> entries) throws IOException {
        FileLimits now = limits;
        FileChannel file = opened();
        Block block = Block.of(entries, room(now), afterFragment);
        if (isDue(now, block.size())) {
            file = rotated(file, now.keep());
            block = Block.of(entries, room(now), afterFragment);
        }
        try {
            block.writeTo(file);
            afterFragment = false;
        } catch (IOException e) {
            takeBack(file, block);
            if (block.wholeLines() == 0) {
                throw e;
            }
        }
        if (now.fsync()) {
            file.force(false);
        }
        size += block.wholeBytes();
        period = periodOf(clock.instant());
        return block.wholeLines();
    }

    private long room(FileLimits limits) {
        return limits.rotateBytes() == 0 ? Long.MAX_VALUE : limits.rotateBytes() - size;
    }

    /** Removes the beginning of a line that has no end, unless somebody else writes to this file too. */
    private void takeBack(FileChannel file, Block block) throws IOException {
        if (file.size() == size + block.written()) {
            file.truncate(size + block.wholeBytes());
        } else {
            afterFragment = true;
        }
    }

    private FileChannel opened() throws IOException {
        Instant now = clock.instant();
        FileChannel open = channel;
        if (open != null && Duration.between(lookedAt, now).abs().compareTo(LOOKED_AT_EVERY) < 0) {
            return open;
        }
        lookedAt = now;
        if (open != null) {
            if (Files.exists(path) && Objects.equals(identity, identity(path))) {
                return open;
            }
            close();
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("it is not a regular file");
        }
        FileChannel file = opening.open(path);
        channel = file;
        identity = identity(path);
        size = file.size();
        period = periodOf(size == 0 ? now : Files.getLastModifiedTime(path).toInstant());
        afterFragment = size > 0 && !endsItsLine(path);
        return file;
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
    }

    /** What was killed while it wrote may have left half a line. */
    private static boolean endsItsLine(Path path) throws IOException {
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            reader.read(last, Math.max(0, reader.size() - 1));
            return last.get(0) == '\n';
        }
    }

    /** Whether a new file is to begin before so many bytes are written. */
    private boolean isDue(FileLimits limits, int next) {
        boolean due = next > room(limits) || period != periodOf(clock.instant());
        return size > 0 && due && !clock.instant().isBefore(rotationAgainAt);
    }

    private long periodOf(Instant time) {
        Duration every = limits.rotateEvery();
        return every.isZero() ? 0 : Math.floorDiv(time.getEpochSecond(), every.toSeconds());
    }

    /** Lines are never held up by a file that cannot be moved: it grows instead, and health says so. */
    private FileChannel rotated(FileChannel file, int keep) throws IOException {
        try {
            new Rotation(path, keep).run();
        } catch (IOException e) {
            rotationAgainAt = clock.instant().plus(LOOKED_AT_EVERY);
            rotationTrouble = "cannot begin a new file at " + path + ", so it grows beyond its limit: "
                    + explained(e).getMessage();
            return file;
        }
        rotationTrouble = null;
        close();
        return opened();
    }

    @Override
    public Optional<String> warning() {
        return Optional.ofNullable(rotationTrouble);
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                afterFragment = true; // nothing is lost: what a call was answered for has been written
            }
        }
    }
}
