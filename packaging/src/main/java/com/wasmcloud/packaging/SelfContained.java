package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file that needs no Java: a script, filled up to a fixed length, and three parts behind it. The two large files that
 * compress well are parts of their own, so that a first start can unpack them at the same time; all else is a tar that is
 * compressed inside already. Stateless.
 */
final class SelfContained {
    private static final int SCRIPT_LENGTH = 32 * 1024;

    private SelfContained() {}

    /** Writes the file. */
    static Path write(Inputs inputs, Home home, String platform, Path file) throws IOException {
        Path jvm = home.folder().resolve("lib/server/libjvm.so");
        byte[] archivePart = Gzip.compressed(home.classArchive());
        byte[] jvmPart = Gzip.compressed(jvm);
        byte[] rest = rest(inputs, home, List.of(home.classArchive(), jvm));
        List<Path> files = Folder.files(home.folder()).stream()
                .filter(path -> !path.startsWith(home.folder().resolve("legal")))
                .toList();
        int archiveOffset = SCRIPT_LENGTH + 1;
        int jvmOffset = archiveOffset + archivePart.length;
        int restOffset = jvmOffset + jvmPart.length;
        long unpacked = 0;
        for (Path path : Folder.files(home.folder())) {
            unpacked += Files.size(path);
        }
        String epoch = Long.toString(inputs.time().getEpochSecond());
        StringBuilder manifest = new StringBuilder();
        for (Path path : files) {
            manifest.append(manifest.isEmpty() ? "" : "\n")
                    .append("%d %s %s"
                            .formatted(Files.size(path), epoch, home.folder().relativize(path)));
        }
        String script = template()
                .replace("@name@", inputs.name())
                .replace("@platform@", platform)
                .replace("@java.major@", Integer.toString(home.jdk().major()))
                .replace("@options@", LaunchOptions.of(inputs).script())
                .replace("@heap.young@", Integer.toString(inputs.heapYoung()))
                .replace("@main.class@", inputs.mainClass())
                .replace("@unpacked@", Long.toString(unpacked / 1_000_000 + 1))
                .replace("@digest@", Digest.sha256(archivePart, jvmPart, rest).substring(0, 16))
                .replace("@manifest@", manifest)
                .replace(
                        "@files@",
                        files.stream()
                                .map(path -> home.folder().relativize(path).toString())
                                .collect(Collectors.joining(" ")))
                .replace("@archive.offset@", Integer.toString(archiveOffset))
                .replace("@archive.bytes@", Integer.toString(archivePart.length))
                .replace("@jvm.offset@", Integer.toString(jvmOffset))
                .replace("@jvm.bytes@", Integer.toString(jvmPart.length))
                .replace("@rest.offset@", Integer.toString(restOffset))
                .replace("@rest.bytes@", Integer.toString(rest.length))
                .replace("@size@", Integer.toString(restOffset + rest.length - 1))
                .replace("@epoch@", epoch);
        byte[] text = script.getBytes(UTF_8);
        if (text.length > SCRIPT_LENGTH) {
            throw new IOException("the script of " + file + " is longer than " + SCRIPT_LENGTH + " bytes");
        }
        byte[] head = new byte[SCRIPT_LENGTH];
        Arrays.fill(head, (byte) '\n');
        System.arraycopy(text, 0, head, 0, text.length);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] part : List.of(head, archivePart, jvmPart, rest)) {
                out.write(part);
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static String template() throws IOException {
        try (InputStream script = SelfContained.class.getResourceAsStream("self-contained.sh")) {
            if (script == null) {
                throw new IOException("self-contained.sh is missing beside " + SelfContained.class);
            }
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    private static byte[] rest(Inputs inputs, Home home, List<Path> without) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Tar tar = new Tar(bytes, inputs.time())) {
            for (Path path : Folder.all(home.folder())) {
                String name = home.folder().relativize(path).toString();
                if (!without.contains(path) && !name.equals("lib") && !name.equals("lib/server")) {
                    tar.add(name, path);
                }
            }
        }
        return bytes.toByteArray();
    }
}
