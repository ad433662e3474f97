package com.wasmcloud.launcher.licences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A library inside an executable.
 *
 * @param licences SPDX ids, or names where there is none, of the licences of which its users may choose one
 */
record Library(String group, String name, String version, List<String> licences) {

    /** Reads the components of a bill of materials, in the XML form of CycloneDX. */
    static List<Library> parse(Path bill) throws IOException {
        try {
            Element root = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(bill.toFile())
                    .getDocumentElement();
            return children(root, "components")
                    .flatMap(components -> children(components, "component"))
                    .map(Library::of)
                    .toList();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(bill + " is no bill of materials: " + e.getMessage(), e);
        }
    }

    private static Library of(Element component) {
        List<String> licences = new ArrayList<>();
        children(component, "licenses").flatMap(Library::children).forEach(choice -> {
            if (choice.getTagName().equals("expression")) {
                licences.addAll(List.of(choice.getTextContent().split(" OR ")));
            } else {
                children(choice, "id", "name").map(Node::getTextContent).forEach(licences::add);
            }
        });
        return new Library(text(component, "group"), text(component, "name"), text(component, "version"), licences);
    }

    private static String text(Element parent, String name) {
        return children(parent, name).map(Node::getTextContent).findFirst().orElse("");
    }

    private static Stream<Element> children(Element parent, String... names) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> names.length == 0 || Set.of(names).contains(element.getTagName()));
    }

    /** Its jar among the files of a class path, which lie as they do in a Maven repository. */
    Path jar(List<Path> classPath) {
        Path folder = Path.of(group.replace('.', '/'), name, version);
        return classPath.stream()
                .filter(file -> file.getParent().endsWith(folder) && Files.isRegularFile(file))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the class path has no jar of " + this));
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version + " (" + String.join(" or ", licences) + ")";
    }
}
