package com.wasmcloud.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program or library of Linux, 64 bits and little-endian, as the ELF specification has it. Only its sections are looked at:
 * those that are never loaded, the tables for debuggers, are a third of some libraries. Stateless.
 */
final class Elf {
    private static final int MAGIC = 0x464c457f; // 0x7f E L F
    private static final int LITTLE_ENDIAN_64 = 0x0102;
    private static final int HEADER = 64;
    private static final int SECTION_HEADER = 64;
    private static final int NO_BITS = 8;
    private static final int LOADED = 2;

    private Elf() {}

    /** Takes away of a file what is never loaded; one that is something else, or is laid out in an unusual way, stays as it is. */
    static void strip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] stripped = stripped(bytes);
        if (stripped.length < bytes.length) {
            Files.write(file, stripped);
        }
    }

    /** The same without what is never loaded. */
    static byte[] stripped(byte[] bytes) {
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER || elf.getInt(0) != MAGIC || elf.getShort(4) != LITTLE_ENDIAN_64) {
            return bytes;
        }
        long headers = elf.getLong(40) + (long) elf.getShort(60) * SECTION_HEADER;
        if (elf.getLong(40) < HEADER || headers > bytes.length) {
            return bytes; // has none, or is cut short
        }
        List<Section> sections = sections(elf);
        int loaded = 1; // the first one is empty
        while (loaded < sections.size() && sections.get(loaded).loaded()) {
            loaded++;
        }
        int names = elf.getShort(62);
        boolean usual = names >= loaded
                && names < sections.size()
                && sections.stream().skip(loaded).noneMatch(Section::loaded);
        if (!usual) {
            return bytes;
        }
        int end = endOfSegments(elf);
        for (Section section : sections.subList(1, loaded)) {
            end = Math.max(end, section.end());
        }
        return written(bytes, end, sections.subList(0, loaded), sections.get(names));
    }

    private static List<Section> sections(ByteBuffer elf) {
        List<Section> sections = new ArrayList<>();
        int start = Math.toIntExact(elf.getLong(40));
        for (int index = 0; index < elf.getShort(60); index++) {
            sections.add(new Section(
                    elf.slice(start + index * SECTION_HEADER, SECTION_HEADER).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return sections;
    }

    private static int endOfSegments(ByteBuffer elf) {
        int start = Math.toIntExact(elf.getLong(32));
        int end = HEADER;
        for (int index = 0; index < elf.getShort(56); index++) {
            int segment = start + index * elf.getShort(54);
            end = Math.max(end, Math.toIntExact(elf.getLong(segment + 8) + elf.getLong(segment + 32)));
        }
        return end;
    }

    /** What is loaded as it was; behind it the names of the sections, and the headers of those that are left. */
    private static byte[] written(byte[] bytes, int end, List<Section> loaded, Section names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, end);
        out.write(bytes, names.offset(), names.size());
        while (out.size() % 8 != 0) {
            out.write(0);
        }
        int headers = out.size();
        for (Section section : loaded) {
            out.writeBytes(section.header(section.offset()));
        }
        out.writeBytes(names.header(end));
        byte[] stripped = out.toByteArray();
        ByteBuffer elf = ByteBuffer.wrap(stripped).order(ByteOrder.LITTLE_ENDIAN);
        elf.putLong(40, headers);
        elf.putShort(60, (short) (loaded.size() + 1));
        elf.putShort(62, (short) loaded.size());
        return stripped;
    }

    /** One by its header. */
    private record Section(ByteBuffer at) {
        boolean loaded() {
            return (at.getLong(8) & LOADED) != 0;
        }

        int offset() {
            return Math.toIntExact(at.getLong(24));
        }

        int size() {
            return Math.toIntExact(at.getLong(32));
        }

        int end() {
            return at.getInt(4) == NO_BITS ? 0 : offset() + size();
        }

        byte[] header(int offset) {
            byte[] header = new byte[SECTION_HEADER];
            at.get(0, header);
            ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(24, offset);
            return header;
        }
    }
}
