package com.wasmcloud.logging;

import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Sources;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a link is set up with. An immutable value.
 *
 * @param least lines below it are discarded
 * @param limits of the file, if lines go to one
 * @param longestText in characters; more is cut off
 * @param failuresShown whether a call whose line is not on its target is answered with an error
 */
record LoggingSettings(
        Severity least,
        LineStyle style,
        Destination destination,
        FileLimits limits,
        int longestText,
        Bounds bounds,
        boolean failuresShown) {
    private static final int MIB = 1024 * 1024;
    private static final int MINUTES_OF_A_YEAR = 366 * 24 * 60;

    private enum Kind {
        STDERR,
        FILE,
        OTLP
    }

    /**
     * Reads the settings of a link.
     *
     * @param actor names the service when nothing else does
     * @param format of lines when nothing else says so
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    static LoggingSettings of(Sources sources, String actor, LineFormat format) {
        return sources.read(settings -> from(settings, actor, format));
    }

    private static LoggingSettings from(Settings settings, String actor, LineFormat format) {
        Kind kind = oneOf(settings, "target", Kind.class, settings.has("path") ? Kind.FILE : Kind.STDERR);
        return new LoggingSettings(
                settings.parsed("level", Severity.TRACE, LoggingSettings::severity),
                new LineStyle(
                        oneOf(settings, "format", LineFormat.class, format), settings.text("service_name", actor)),
                destination(settings, kind),
                limits(settings),
                settings.number("max_text", 16 * 1024, 1, MIB),
                new Bounds(
                        settings.number("queue_entries", 10_000, 1, 1_000_000),
                        settings.number("queue_bytes", 16 * MIB, 1024, Integer.MAX_VALUE),
                        settings.millis("wait_ms", Duration.ofSeconds(1))),
                settings.flag("report_failures", true));
    }

    private static Severity severity(String name) {
        return Severity.of(name)
                .orElseThrow(() -> new IllegalArgumentException("must be trace, debug, info, warn or error"));
    }

    /** All settings are read, wanted or not: the provider configuration may have them for other links. */
    private static Destination destination(Settings settings, Kind kind) {
        Optional<Path> path = path(settings, kind == Kind.FILE);
        Destination.Collector collector = CollectorSettings.from(settings);
        return switch (kind) {
            case OTLP -> collector;
            case FILE -> new Destination.File(path.orElse(Path.of("/")));
            case STDERR -> new Destination.StandardError();
        };
    }

    private static FileLimits limits(Settings settings) {
        return new FileLimits(
                settings.number("rotate_bytes", 10 * MIB, 0, Integer.MAX_VALUE),
                Duration.ofMinutes(settings.number("rotate_minutes", 0, 0, MINUTES_OF_A_YEAR)),
                settings.number("keep", 5, 0, 1000),
                settings.flag("fsync", false));
    }

    private static Optional<Path> path(Settings settings, boolean wanted) {
        Optional<String> text = settings.text("path");
        if (text.isEmpty()) {
            if (wanted) {
                settings.problem("path", "must name a file, because the target is one");
            }
            return Optional.empty();
        }
        try {
            Path path = Path.of(text.get()).normalize();
            if (path.isAbsolute() && path.getFileName() != null) {
                return Optional.of(path);
            }
        } catch (InvalidPathException e) {
            // said below
        }
        settings.problem("path", "must be the absolute path of a file");
        return Optional.empty();
    }

    private static <T extends Enum<T>> T oneOf(Settings settings, String key, Class<T> type, T byDefault) {
        return settings.parsed(key, byDefault, text -> {
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("must be " + names(type.getEnumConstants()));
            }
        });
    }

    private static <T extends Enum<T>> String names(T[] constants) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < constants.length; i++) {
            names.append(i == 0 ? "" : i == constants.length - 1 ? " or " : ", ")
                    .append(constants[i].name().toLowerCase(Locale.ROOT));
        }
        return names.toString();
    }
}
