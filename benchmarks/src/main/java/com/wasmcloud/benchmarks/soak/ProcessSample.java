package com.wasmcloud.benchmarks.soak;

import com.wasmcloud.benchmarks.report.ProcFs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process holds at a moment.
 *
 * @param residentMebibytes resident memory
 * @param heapMebibytes what is used of its heap, garbage included; not a number when it does not tell
 * @param threads of the process
 * @param descriptors open files and sockets
 */
record ProcessSample(double residentMebibytes, double heapMebibytes, int threads, int descriptors) {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    static ProcessSample of(long pid) throws IOException, InterruptedException {
        double heap = heapMebibytes(pid); // first: the question itself needs a thread there
        return new ProcessSample(ProcFs.residentMebibytes(pid), heap, ProcFs.threads(pid), ProcFs.descriptors(pid));
    }

    private static double heapMebibytes(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.heap_info")
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            return Double.NaN;
        }
        long kibibytes = 0;
        for (Matcher used = USED.matcher(text); used.find(); ) {
            kibibytes += Long.parseLong(used.group(1));
        }
        return kibibytes == 0 ? Double.NaN : kibibytes / 1024.0;
    }
}
