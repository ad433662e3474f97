package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar whose bytes depend only on names, contents and whether a file is a program. Used by one thread; whoever opens it
 * closes it.
 */
final class Tar implements AutoCloseable {
    private static final int PROGRAM = 0755;
    private static final int FILE = 0644;

    private final TarArchiveOutputStream tar;
    private final Instant time;

    Tar(OutputStream out, Instant time) {
        this.tar = new TarArchiveOutputStream(out, UTF_8.name());
        this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        this.time = time;
    }

    /** Adds a file, or a folder without what is in it. */
    void add(String name, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            folder(name, PROGRAM);
        } else {
            TarArchiveEntry entry = entry(name, Files.isExecutable(path) ? PROGRAM : FILE);
            entry.setSize(Files.size(path));
            tar.putArchiveEntry(entry);
            Files.copy(path, tar);
            tar.closeArchiveEntry();
        }
    }

    void folder(String name, int mode) throws IOException {
        tar.putArchiveEntry(entry(name + "/", mode));
        tar.closeArchiveEntry();
    }

    void text(String name, String content) throws IOException {
        bytes(name, content.getBytes(UTF_8));
    }

    void bytes(String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = entry(name, FILE);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private TarArchiveEntry entry(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setLastModifiedTime(FileTime.from(time));
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setMode(mode | (name.endsWith("/") ? 0040000 : 0100000));
        return entry;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
