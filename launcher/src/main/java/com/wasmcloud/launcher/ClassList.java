package com.wasmcloud.launcher;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The second half of what an executable's launcher needs for its AppCDS archive, beside the list of classes that Java
 * writes while it runs: the constants of each class that may be resolved in the archive. From Java 24 on, lambdas are in
 * an archive only if these are named, and Java itself names them when it ends, which for a provider is too late.
 *
 * <p>Stateless.
 */
public final class ClassList {
    private static final int UTF_8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private ClassList() {}

    /** Prints a line for each class of a list that has such constants. */
    public static void main(String... arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (Stream<String> lines = Files.lines(Path.of(arguments[0]))) {
            lines.filter(line -> !line.startsWith("#") && !line.startsWith("@"))
                    .map(line -> line.split(" ", 2)[0])
                    .forEach(name -> out.print(constants(name)));
        }
        out.flush();
    }

    /** {@code @cp name index index …} and the end of the line; nothing for a class that has none, or no file. */
    static String constants(String name) {
        try (InputStream file = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            String indexes = file == null ? "" : indexes(new DataInputStream(file));
            return indexes.isEmpty() ? "" : "@cp " + name + indexes + "\n";
        } catch (IOException e) {
            return ""; // the archive does without
        }
    }

    /** The layout of a class file is chapter 4 of the Java Virtual Machine Specification. */
    private static String indexes(DataInputStream in) throws IOException {
        StringBuilder indexes = new StringBuilder();
        in.skipNBytes(8); // magic number and version
        int count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF_8 -> in.skipNBytes(in.readUnsignedShort());
                case CLASS, FIELD, METHOD, INTERFACE_METHOD, INVOKE_DYNAMIC -> {
                    indexes.append(' ').append(index);
                    in.skipNBytes(tag == CLASS ? 2 : 4);
                }
                case STRING, METHOD_TYPE, MODULE, PACKAGE -> in.skipNBytes(2);
                case METHOD_HANDLE -> in.skipNBytes(3);
                case INTEGER, FLOAT, NAME_AND_TYPE, DYNAMIC -> in.skipNBytes(4);
                case LONG, DOUBLE -> {
                    in.skipNBytes(8);
                    index++; // takes two
                }
                default -> throw new IOException("a constant of the unknown kind " + tag);
            }
        }
        return indexes.toString();
    }
}
