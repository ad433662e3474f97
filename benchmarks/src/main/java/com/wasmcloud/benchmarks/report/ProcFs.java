package com.wasmcloud.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux tells of processes and of the machine in {@code /proc}. What cannot be read, because the process has ended or
 * the system is another one, is 0.
 */
public final class ProcFs {
    private static final Path PROC = Path.of("/proc");
    private static final double KIB_PER_MIB = 1024;

    private ProcFs() {}

    /** Resident memory in MiB. */
    public static double residentMebibytes(long pid) {
        return status(pid, "VmRSS:") / KIB_PER_MIB;
    }

    /** The most memory that was ever resident, in MiB. */
    public static double mostResidentMebibytes(long pid) {
        return status(pid, "VmHWM:") / KIB_PER_MIB;
    }

    /** How many threads there are. */
    public static int threads(long pid) {
        return (int) status(pid, "Threads:");
    }

    /** How many files and sockets are open. */
    public static int descriptors(long pid) {
        try (Stream<Path> open = Files.list(process(pid).resolve("fd"))) {
            return (int) open.count();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Processor time so far in ticks of 10 ms, of the process and of its children that have ended. */
    static long ticks(long pid) {
        String text = read(process(pid).resolve("stat"));
        String[] fields = text.substring(text.lastIndexOf(')') + 1).trim().split(" ", -1);
        long ticks = 0;
        for (int i = 11; i < 15 && fields.length > i; i++) { // utime, stime, cutime, cstime
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    /** The counters of all processors together, in ticks: user, nice, system, idle, iowait, irq, softirq, steal. */
    static long[] processorTicks() {
        String[] fields =
                read(PROC.resolve("stat")).lines().findFirst().orElse("").split(" +", -1);
        long[] ticks = new long[8];
        for (int i = 0; i < ticks.length && i + 1 < fields.length; i++) {
            ticks[i] = Long.parseLong(fields[i + 1]);
        }
        return ticks;
    }

    private static long status(long pid, String name) {
        return read(process(pid).resolve("status"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static Path process(long pid) {
        return PROC.resolve(Long.toString(pid));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
