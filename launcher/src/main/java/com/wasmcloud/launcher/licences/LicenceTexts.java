package com.wasmcloud.launcher.licences;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks the licences of the libraries inside an executable, and gathers their licence and notice texts: those in a
 * library's jar; those that are kept beside this class because jars lack them, {@code GROUP/LICENSE} and {@code
 * GROUP/NOTICE}; and for a library that then still has no licence text, the text of its licence, {@code ID.txt}, kept
 * only where that names no owner.
 *
 * <p>Used by one thread, once.
 */
public final class LicenceTexts {
    private static final Pattern TEXT = Pattern.compile(
            "(META-INF/)?(LICEN[CS]ES?/)?" + "[^/]*(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)[^/]*(?<!\\.CLASS)");
    private static final Pattern LICENCE = Pattern.compile("LICEN[CS]E|COPYING");

    /** SPDX ids of the licences that go with Apache-2.0, by the names that projects give them. */
    private final Map<String, String> allowed;
    /** The name of the file that has a text, so that each is there once. */
    private final Map<String, String> files = new HashMap<>();

    private LicenceTexts(Map<String, String> allowed) {
        this.allowed = allowed;
    }

    /**
     * Writes the texts, and a page {@code LIBRARIES} that tells which belong to which library.
     *
     * @param arguments the class path of a program, whose jars lie in a Maven repository except for our own, which are in
     *     folders {@code target}; and the folder to write into
     * @throws IllegalStateException if a library may not be used or has no licence text; names all such libraries
     */
    public static void main(String... arguments) throws IOException {
        List<Path> jars = Stream.of(arguments[0].split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> !file.resolveSibling("").endsWith("target"))
                .toList();
        new LicenceTexts(allowed()).write(jars, Files.createDirectories(Path.of(arguments[1])));
    }

    /** The lines of the file {@code allowed}: {@code id: name | name | …}. */
    private static Map<String, String> allowed() throws IOException {
        Map<String, String> allowed = new HashMap<>();
        for (String line : resource("allowed").orElseThrow().lines().toList()) {
            String[] parts = line.split(": ", 2);
            allowed.put(parts[0], parts[0]);
            for (String name : parts.length == 1 ? new String[0] : parts[1].split(" \\| ")) {
                allowed.put(name, parts[0]);
            }
        }
        return allowed;
    }

    private void write(List<Path> jars, Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        StringBuilder page = new StringBuilder(
                "The libraries inside, their licences, and the files with the texts. All else: Apache-2.0.\n");
        for (Path jar : jars) {
            Library library = Library.of(jar);
            List<String> licences = library.licences().stream()
                    .filter(allowed::containsKey)
                    .map(allowed::get)
                    .toList();
            if (licences.isEmpty()) {
                problems.add(library + " may not be used: its licence is " + library.licences()
                        + ", which launcher/src/main/resources/com/wasmcloud/launcher/licences/allowed does not list");
            }
            Map<String, String> texts = texts(library, jar, licences);
            if (!hasLicence(texts)) {
                problems.add(
                        "the jar of " + library + " has no licence text; put the one that its project publishes into"
                                + " launcher/src/main/resources as com/wasmcloud/launcher/licences/" + library.group()
                                + "/LICENSE");
            }
            page.append("\n%s (%s)\n".formatted(library, String.join(" or ", licences)));
            for (Map.Entry<String, String> text : texts.entrySet()) {
                String file = files.putIfAbsent(text.getValue(), text.getKey());
                page.append("    ").append(file == null ? text.getKey() : file).append('\n');
                if (file == null) {
                    Files.writeString(folder.resolve(text.getKey()), text.getValue());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
        Files.writeString(folder.resolve("LIBRARIES"), page);
    }

    /** By the name of the file to write. */
    private static Map<String, String> texts(Library library, Path jar, List<String> licences) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(LicenceTexts::isText).toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                texts.put(
                        library.name() + "-" + name,
                        new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        for (String kind : List.of("LICENSE", "NOTICE")) {
            resource(library.group() + "/" + kind).ifPresent(text -> texts.put(library.group() + "-" + kind, text));
        }
        if (!hasLicence(texts)) {
            for (String licence : licences) {
                resource(licence + ".txt").ifPresent(text -> texts.put("LICENSE-" + licence, text));
            }
        }
        return texts;
    }

    private static Optional<String> resource(String name) throws IOException {
        try (InputStream text = LicenceTexts.class.getResourceAsStream(name)) {
            return text == null ? Optional.empty() : Optional.of(new String(text.readAllBytes(), UTF_8));
        }
    }

    private static boolean hasLicence(Map<String, String> texts) {
        return texts.keySet().stream()
                .anyMatch(name -> LICENCE.matcher(upper(name)).find());
    }

    private static boolean isText(ZipEntry entry) {
        return !entry.isDirectory() && TEXT.matcher(upper(entry.getName())).matches();
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
