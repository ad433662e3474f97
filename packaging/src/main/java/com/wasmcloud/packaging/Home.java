package com.wasmcloud.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The folder that a packaged provider runs from: a Java runtime with only what providers need, the provider's jar and the
 * archive of its classes.
 *
 * @param options of Java, the same for the archive and for every start
 */
record Home(Path folder, Jdk jdk, List<String> options) {
    /** What providers and their libraries use; a start of each finds out whether one is missing. */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.net.http,java.xml,"
            + "jdk.httpserver,jdk.unsupported";
    /** Elliptic curves for TLS; part of java.base since 22. */
    private static final String CURVES = ",jdk.crypto.ec";

    private static final List<String> UNUSED = List.of(
            "bin/jwebserver",
            "bin/keytool",
            "bin/rmiregistry",
            "lib/classlist",
            "lib/jexec",
            "lib/jrt-fs.jar",
            "lib/libjsig.so",
            "lib/server/libjsig.so");
    private static final String NATIVE_CRYPTO =
            "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so";

    /** Makes one, without the archive, in a folder of its own. */
    static Home make(Inputs inputs, Path folder) throws IOException {
        Jdk jdk = Jdk.find(inputs.javaHome());
        Folder.delete(folder);
        boolean old = jdk.major() < 22;
        Command.run(
                jdk.tool("jlink"),
                "--add-modules",
                old ? MODULES + CURVES : MODULES,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                old ? "2" : "zip-6",
                "--output",
                folder.toString());
        for (String unused : UNUSED) {
            Files.deleteIfExists(folder.resolve(unused));
        }
        copyJar(inputs, folder);
        for (Path file : Folder.files(folder)) {
            Elf.strip(file);
        }
        LaunchOptions launch = LaunchOptions.of(inputs);
        Home home = new Home(folder, jdk, launch.forJava(jdk.major()));
        Folder.normalize(folder, inputs.time());
        return home;
    }

    Path jar() {
        return folder.resolve("provider.jar");
    }

    Path classArchive() {
        return folder.resolve("provider.jsa");
    }

    /** The jar again, compressed, for little is read from it; the native library beside Java's own, where it is found at once. */
    private static void copyJar(Inputs inputs, Path folder) throws IOException {
        try (ZipFile jar = new ZipFile(inputs.jar().toFile());
                OutputStream out = Files.newOutputStream(folder.resolve("provider.jar"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream content = jar.getInputStream(entry)) {
                    if (entry.getName().equals(NATIVE_CRYPTO)) {
                        Files.copy(content, folder.resolve("lib/libamazonCorrettoCryptoProvider.so"));
                    } else if (!entry.isDirectory()) {
                        ZipEntry copy = new ZipEntry(entry.getName());
                        copy.setTimeLocal(inputs.time().atZone(ZoneOffset.UTC).toLocalDateTime());
                        zip.putNextEntry(copy);
                        content.transferTo(zip);
                        zip.closeEntry();
                    }
                }
            }
        }
    }

    /** An archive with classes that are linked, and lambdas that are made, ahead of time: the fastest start; its bytes vary. */
    void archiveForSpeed(Inputs inputs) throws IOException {
        Path list = writeList(inputs);
        if (jdk.major() >= 24) {
            List<String> constants =
                    new ArrayList<>(List.of(folder.resolve("bin/java").toString()));
            constants.addAll(options);
            constants.addAll(List.of("-cp", jar().toString(), "com.wasmcloud.launcher.ClassList", list.toString()));
            Files.writeString(list, Command.run(constants.toArray(String[]::new)), StandardOpenOption.APPEND);
        }
        dump(inputs, list, "-XX:+AOTClassLinking");
    }

    /** An archive that has the same bytes each time: the JVM only interprets then, and links nothing. */
    void archiveForReproduction(Inputs inputs) throws IOException {
        dump(inputs, writeList(inputs), "-Xint");
    }

    /** The provider's own list, or, for one that has none yet, that of Java, which every program needs. */
    private Path writeList(Inputs inputs) throws IOException {
        Path ofJava = jdk.home().resolve("lib/classlist");
        String list = Files.exists(inputs.classes()) || !Files.exists(ofJava)
                ? ClassNames.expand(Files.readString(inputs.classes()))
                : Files.readString(ofJava);
        return Files.writeString(folder.resolveSibling(inputs.name() + ".classes"), list);
    }

    private void dump(Inputs inputs, Path list, String option) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx" + inputs.heapMax() + "m",
                option,
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + classArchive(),
                "-cp",
                jar().toString()));
        Command.run(command.toArray(String[]::new));
        Files.delete(list);
        Folder.normalize(folder, inputs.time());
    }
}
