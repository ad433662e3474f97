package com.wasmcloud.provider.logs;

import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.LineText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends all logging of the process to standard error; standard output belongs to the host. Nobody who logs waits for it:
 * {@link #flush} before the process ends.
 */
public final class LogSetup {
    private static final String OURS = "com.wasmcloud";
    /** Java forgets a logger, and its level with it, that nobody holds. */
    private static final List<Logger> HELD = new ArrayList<>();

    private static final int MOST_BYTES_WAITING = 4 * 1024 * 1024;
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration FLUSHED_WITHIN = Duration.ofMillis(500);
    private static volatile @Nullable LogWriter writer;

    private LogSetup() {}

    /**
     * Sets the process up, once.
     *
     * @param json one JSON object a line instead of text
     * @param fields names what is known of the work that the current thread does, for the fields of its lines
     */
    public static synchronized void apply(boolean json, LogLevels levels, Consumer<BiConsumer<String, String>> fields) {
        Logger root = Logger.getLogger("");
        for (Handler preset : root.getHandlers()) {
            root.removeHandler(preset);
        }
        Level general = levels.general();
        set("", general.intValue() < Level.INFO.intValue() ? Level.INFO : general);
        set(OURS, general);
        levels.targets().forEach(LogSetup::set);
        Formatter lines = json ? new LogLines.JsonLines(fields::accept) : new LogLines.Text(fields::accept);
        LogWriter started = new LogWriter(
                StandardError.CHANNEL, count -> discarded(lines, count), MOST_BYTES_WAITING, TRIED_AGAIN_AFTER);
        started.start();
        writer = started;
        Handler handler = new ToWriter(started, lines);
        handler.setLevel(levels.lowest());
        root.addHandler(handler);
        if (!levels.ignored().isEmpty()) {
            LoggerFactory.getLogger(LogSetup.class)
                    .warn(
                            "ignoring what is no log directive (LEVEL, TARGET or TARGET=LEVEL): {}",
                            String.join(", ", levels.ignored()));
        }
        if (!levels.limited().isEmpty()) {
            LoggerFactory.getLogger(LogSetup.class)
                    .warn(
                            "not everything that is asked of {} is logged: the details of libraries hold secrets",
                            String.join(", ", levels.limited()));
        }
    }

    /**
     * Has a library log no more than this, unless it is named where levels are set: for those who say better what it says.
     * It makes no difference whether this comes before or after {@link #apply}.
     *
     * @param library the beginning of its loggers' names
     */
    public static synchronized void quieten(String library, Level level) {
        if (Logger.getLogger(library).getLevel() == null) {
            set(library, level);
        }
    }

    /** Says why the process ends, whatever the level is: as a sentence without anything around it, or as JSON. */
    public static void lastWords(Class<?> speaker, boolean json, String sentence) {
        LogRecord entry = new LogRecord(Level.SEVERE, LineText.withoutCredentials(sentence));
        entry.setLoggerName(speaker.getName());
        String line =
                json ? new LogLines.JsonLines(field -> {}).format(entry) : LineText.escaped(entry.getMessage()) + "\n";
        LogWriter started = writer;
        if (started == null) {
            System.err.print(line);
            System.err.flush();
        } else {
            started.write(line);
            flush();
        }
    }

    /** Has everything written that was logged so far, unless standard error does not take it: before the process ends. */
    public static void flush() {
        LogWriter started = writer;
        if (started != null) {
            started.flush(FLUSHED_WITHIN);
        }
    }

    private static String discarded(Formatter lines, long count) {
        LogRecord entry = new LogRecord(
                Level.WARNING, count + " lines of this log were discarded because standard error did not take them");
        entry.setLoggerName(LogSetup.class.getName());
        return lines.format(entry);
    }

    private static synchronized void set(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
    }

    /** Makes lines on the thread that logs, whose fields they have. */
    private static final class ToWriter extends Handler {
        private final LogWriter lines;

        ToWriter(LogWriter lines, Formatter form) {
            this.lines = lines;
            setFormatter(form);
        }

        @Override
        public void publish(LogRecord entry) {
            HeapExhaustion.check(entry.getThrown()); // libraries catch it too, and go on as if nothing had happened
            if (isLoggable(entry)) {
                lines.write(getFormatter().format(entry));
            }
        }

        @Override
        public void flush() {
            lines.flush(FLUSHED_WITHIN);
        }

        /** Java takes all handlers away at the beginning of the end of a process; what is said after that counts too. */
        @Override
        public void close() {
            Logger.getLogger("").addHandler(this);
        }
    }
}
