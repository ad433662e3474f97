package com.wasmcloud.testkit.archive;

import com.wasmcloud.nkeys.KeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a provider archive. The same executables, descriptions, keys and time give the same bytes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param about what people want to know; a revision of 0 becomes one that follows from the executables, so that a host that
 *     has kept those of an older archive does not take them for these
 * @param schema JSON schema of the values of a link; empty for none
 * @param executables a file for each target such as {@code x86_64-linux}
 * @param issuedAt seconds since 1970
 */
public record ArchiveWriter(
        ProviderClaims.About about,
        Map<String, @Nullable Object> schema,
        Map<String, Path> executables,
        long issuedAt) {
    private static final int RUNNABLE = 0755;
    private static final int READABLE = 0644;

    /**
     * Checks the targets.
     *
     * @throws IllegalArgumentException when there is none, or one has a name that no host would look for
     */
    public ArchiveWriter {
        if (executables.isEmpty()) {
            throw new IllegalArgumentException("an archive needs an executable for one target at least");
        }
        for (String target : executables.keySet()) {
            if (!target.matches("[a-z0-9_]+-[a-z0-9_]+")) {
                throw new IllegalArgumentException(
                        "'" + target + "' is no target; it must be like x86_64-linux or aarch64-macos");
            }
        }
        executables = new TreeMap<>(executables);
        schema = new LinkedHashMap<>(schema);
    }

    /**
     * Writes the file as a whole or not at all; compressed when its name ends in {@code .gz}.
     *
     * @param account signs it, {@code A…}
     * @param provider names it, {@code V…}
     * @return what was signed
     * @throws IOException when a file cannot be read or written
     */
    public ProviderClaims write(Path file, KeyPair account, KeyPair provider) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, Path> executable : executables.entrySet()) {
            try (InputStream in = Files.newInputStream(executable.getValue())) {
                hashes.put(executable.getKey(), Hashes.of(in));
            } catch (IOException e) {
                throw new IOException("cannot read the executable " + executable.getValue() + ": " + e, e);
            }
        }
        ProviderClaims claims = new ProviderClaims(
                account.publicKey(), provider.publicKey(), issuedAt, revised(hashes), hashes, schema);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        Files.createDirectories(folder);
        Path whole = Files.createTempFile(folder, ".archive", "");
        try {
            try (OutputStream out = compressed(file, Files.newOutputStream(whole))) {
                write(out, claims.sign(account));
            }
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
        return claims;
    }

    private ProviderClaims.About revised(Map<String, String> hashes) {
        if (about.revision() != 0) {
            return about;
        }
        int revision = Integer.parseUnsignedInt(Hashes.ofTargets(hashes).substring(0, 8), 16) & Integer.MAX_VALUE;
        return new ProviderClaims.About(
                about.name(), about.contractId(), about.vendor(), about.version(), Math.max(1, revision));
    }

    private static OutputStream compressed(Path file, OutputStream out) throws IOException {
        return file.toString().endsWith(".gz") ? new BestGzip(out) : out;
    }

    /** A host downloads it more often than it is made. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private void write(OutputStream out, String token) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        byte[] claims = token.getBytes(StandardCharsets.US_ASCII);
        tar.putArchiveEntry(entry("claims.jwt", claims.length, READABLE));
        tar.write(claims);
        tar.closeArchiveEntry();
        for (Map.Entry<String, Path> executable : executables.entrySet()) {
            Path file = executable.getValue();
            tar.putArchiveEntry(entry(executable.getKey() + ".bin", Files.size(file), RUNNABLE));
            Files.copy(file, tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    private static TarArchiveEntry entry(String name, long size, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(mode);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }
}
