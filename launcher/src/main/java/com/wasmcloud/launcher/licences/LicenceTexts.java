package com.wasmcloud.launcher.licences;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks the licences of the libraries inside an executable, and gathers their licence and notice texts: those in a
 * library's jar; those that are kept beside this class because jars lack them, {@code GROUP/LICENSE} and {@code
 * GROUP/NOTICE}; and for a library that then still has no licence text, the text of its licence, {@code NAME.txt}, kept
 * only where that names no owner.
 *
 * <p>Used by one thread, once.
 */
public final class LicenceTexts {
    private static final Pattern TEXT = Pattern.compile("(META-INF/)?(LICEN[CS]ES?/)?"
            + "[^/]*(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)[^/]*(?<!\\.CLASS)");
    private static final Pattern LICENCE = Pattern.compile("LICEN[CS]E|COPYING");

    private final List<Path> classPath;
    private final Set<String> allowed;
    /** The name of the file that has a text, so that each is there once. */
    private final Map<String, String> files = new HashMap<>();

    private LicenceTexts(List<Path> classPath, Set<String> allowed) {
        this.classPath = classPath;
        this.allowed = allowed;
    }

    /**
     * Writes the texts, and a page {@code LIBRARIES} that tells which belong to which library.
     *
     * @param arguments the bill of materials in CycloneDX's XML form, the class path with the libraries' jars, the folder
     *     to write into, and the licences that are allowed
     * @throws IllegalStateException if a library may not be used or has no licence text; names all such libraries
     */
    public static void main(String... arguments) throws IOException {
        List<Path> classPath =
                Stream.of(arguments[1].split(File.pathSeparator)).map(Path::of).toList();
        Set<String> allowed = Set.of(Arrays.copyOfRange(arguments, 3, arguments.length));
        List<Library> libraries = Library.parse(Path.of(arguments[0])).stream()
                .filter(library -> !library.group().equals("com.wasmcloud"))
                .toList();
        new LicenceTexts(classPath, allowed).write(libraries, Files.createDirectories(Path.of(arguments[2])));
    }

    private void write(List<Library> libraries, Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        StringBuilder page = new StringBuilder(
                "The libraries inside, their licences, and the files with the texts. All else: Apache-2.0.\n");
        for (Library library : libraries) {
            if (library.licences().stream().noneMatch(allowed::contains)) {
                problems.add("no licence of " + library + " is among those allowed in provider-parent/pom.xml");
            }
            Map<String, String> texts = texts(library);
            if (!hasLicence(texts)) {
                problems.add("the jar of " + library + " has no licence text; put the one that its project publishes into"
                        + " launcher/src/main/resources as com/wasmcloud/launcher/licences/" + library.group()
                        + "/LICENSE");
            }
            page.append('\n').append(library).append('\n');
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
    private Map<String, String> texts(Library library) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (ZipFile jar = new ZipFile(library.jar(classPath).toFile())) {
            for (ZipEntry entry : jar.stream().filter(LicenceTexts::isText).toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                texts.put(library.name() + "-" + name, new String(jar.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        for (String kind : List.of("LICENSE", "NOTICE")) {
            keep(library.group() + "/" + kind, library.group() + "-" + kind, texts);
        }
        if (!hasLicence(texts)) {
            for (String licence : library.licences()) {
                keep(licence + ".txt", "LICENSE-" + licence, texts);
            }
        }
        return texts;
    }

    private static void keep(String resource, String name, Map<String, String> texts) throws IOException {
        try (InputStream text = LicenceTexts.class.getResourceAsStream(resource)) {
            if (text != null) {
                texts.put(name, new String(text.readAllBytes(), UTF_8));
            }
        }
    }

    private static boolean hasLicence(Map<String, String> texts) {
        return texts.keySet().stream().anyMatch(name -> LICENCE.matcher(upper(name)).find());
    }

    private static boolean isText(ZipEntry entry) {
        return !entry.isDirectory() && TEXT.matcher(upper(entry.getName())).matches();
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
