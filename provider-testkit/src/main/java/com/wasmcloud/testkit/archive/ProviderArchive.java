package com.wasmcloud.testkit.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An archive that has been read and checked: as a host checks it when it starts the provider, and more strictly, for the
 * signature, which hosts leave to a policy service.
 *
 * <p>An immutable value. Nothing of its executables is kept in memory.
 *
 * @param claims what it says of its provider
 * @param sizes for each target, the size of its executable in bytes
 */
public record ProviderArchive(ProviderClaims claims, Map<String, Long> sizes) {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int LARGEST_CLAIMS = 1024 * 1024;
    private static final int MOST_ENTRIES = 64;

    /** Keeps a copy. */
    public ProviderArchive {
        sizes = Map.copyOf(sizes);
    }

    /** Why an archive cannot be used, in one sentence. */
    public static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableException(Path file, String problem, @Nullable Throwable cause) {
            super(file + " is no archive that a host can use: " + problem, cause);
        }
    }

    /**
     * Reads an archive, compressed or not.
     *
     * @throws UnusableException when it is cut short, has been changed, or is no provider archive at all
     * @throws IOException when it cannot be read
     */
    public static ProviderArchive read(Path file) throws IOException {
        Contents contents = new Contents();
        try (InputStream in = opened(file)) {
            contents.read(new TarArchiveInputStream(in));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (UnusableContent e) {
            throw new UnusableException(file, String.valueOf(e.getMessage()), e);
        } catch (EOFException | ZipException e) {
            throw new UnusableException(file, "it is cut short or damaged", e);
        } catch (IOException e) {
            throw new UnusableException(file, "it is cut short or damaged: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UnusableException(file, "it is damaged: " + e.getMessage(), e);
        }
        try {
            return contents.checked(Instant.now().getEpochSecond());
        } catch (IllegalArgumentException e) {
            throw new UnusableException(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static InputStream opened(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            in.mark(2);
            int magic = (in.read() << 8) | in.read();
            if (magic < 0) {
                throw new UnusableContent("it has not even two bytes");
            }
            in.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** What is wrong with what an archive holds. */
    private static final class UnusableContent extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableContent(String problem) {
            super(problem);
        }
    }

    /** The entries, as they come. */
    private static final class Contents {
        private final Map<String, Long> sizes = new TreeMap<>();
        private final Map<String, String> hashes = new TreeMap<>();
        private final Set<String> names = new HashSet<>();
        private @Nullable String token;

        void read(TarArchiveInputStream tar) throws IOException {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = stem(entry.getName());
                if (!names.add(name)) {
                    throw new UnusableContent("it has more than one entry '" + name + "'");
                }
                if (names.size() > MOST_ENTRIES) {
                    throw new UnusableContent("it has more than " + MOST_ENTRIES + " entries");
                }
                if (!entry.isFile()) {
                    throw new UnusableContent("its entry '" + name + "' is no file");
                }
                if (name.equals("claims")) {
                    byte[] claims = tar.readNBytes(LARGEST_CLAIMS + 1);
                    if (claims.length > LARGEST_CLAIMS) {
                        throw new UnusableContent("its claims are longer than 1 MiB");
                    }
                    token = new String(claims, StandardCharsets.UTF_8);
                } else {
                    hashes.put(name, Hashes.of(tar));
                    sizes.put(name, entry.getSize());
                }
            }
        }

        /** Hosts look at this part of a name only, and some end on an entry that has none. */
        private static String stem(String name) throws UnusableContent {
            String file = name.substring(name.lastIndexOf('/') + 1);
            int dot = file.lastIndexOf('.');
            String stem = dot > 0 ? file.substring(0, dot) : file;
            if (!stem.matches("[A-Za-z0-9_-]{1,100}")) {
                throw new UnusableContent(
                        "it has an entry whose name is not that of a target such as x86_64-linux.bin");
            }
            return stem;
        }

        ProviderArchive checked(long now) {
            String claimed = token;
            if (claimed == null) {
                throw new IllegalArgumentException("it has no claims.jwt");
            }
            if (sizes.isEmpty()) {
                throw new IllegalArgumentException("it has no executable for any target");
            }
            ProviderClaims claims;
            try {
                claims = ProviderClaims.verified(claimed, now);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("its claims " + e.getMessage(), e);
            }
            List<String> missing = new ArrayList<>(claims.targetHashes().keySet());
            missing.removeAll(sizes.keySet());
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(
                        "its claims speak of " + missing.get(0) + ", which it does not have");
            }
            hashes.forEach((target, hash) -> {
                if (!hash.equals(claims.targetHashes().get(target))) {
                    throw new IllegalArgumentException("its executable for " + target
                            + " is not the one that was signed: its SHA-256 is " + hash + ", the claims say "
                            + claims.targetHashes().getOrDefault(target, "nothing"));
                }
            });
            return new ProviderArchive(claims, sizes);
        }
    }
}
