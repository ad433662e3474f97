package com.wasmcloud.launcher.licences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A library inside an executable.
 *
 * @param licences the names of its licences as its project writes them; its users may choose one
 */
record Library(String group, String name, String version, List<String> licences) {

    /**
     * Reads the pom that lies beside a jar in a Maven repository, and its parents' as far as they are needed: Maven had to
     * read the same files to find the jar, so they are there, offline too.
     */
    static Library of(Path jar) throws IOException {
        Path folder = jar.toAbsolutePath().getParent();
        Path artifact = folder == null ? null : folder.getParent();
        Path group = artifact == null ? null : artifact.getParent();
        if (folder == null || artifact == null || group == null) {
            throw new IOException(jar + " does not lie in a Maven repository");
        }
        String file = artifact.getFileName() + "-" + folder.getFileName() + ".pom";
        Element pom = read(folder.resolve(file));
        String groupId = groupId(pom);
        Path repository = group;
        for (int level = groupId.split("\\.").length; level > 0 && repository != null; level--) {
            repository = repository.getParent();
        }
        List<String> licences = licences(pom);
        for (Optional<Element> parent = child(pom, "parent");
                licences.isEmpty() && parent.isPresent() && repository != null;
                parent = child(pom, "parent")) {
            pom = read(path(repository, parent.get()));
            licences = licences(pom);
        }
        return new Library(
                groupId, artifact.getFileName().toString(), folder.getFileName().toString(), licences);
    }

    private static Path path(Path repository, Element reference) {
        String name = text(reference, "artifactId");
        String version = text(reference, "version");
        return repository
                .resolve(text(reference, "groupId").replace('.', '/'))
                .resolve(name)
                .resolve(version)
                .resolve(name + "-" + version + ".pom");
    }

    private static Element read(Path pom) throws IOException {
        if (!Files.isRegularFile(pom)) {
            throw new IOException("there is no " + pom + ", which would name a licence");
        }
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("cannot read " + pom + ": " + e.getMessage(), e);
        }
    }

    private static String groupId(Element pom) {
        return child(pom, "groupId")
                .or(() -> child(pom, "parent").flatMap(parent -> child(parent, "groupId")))
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    private static List<String> licences(Element pom) {
        return children(pom, "licenses")
                .flatMap(licences -> children(licences, "license"))
                .map(licence -> text(licence, "name"))
                .toList();
    }

    private static String text(Element parent, String name) {
        return child(parent, name)
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent, name).findFirst();
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> element.getTagName().equals(name));
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version;
    }
}
