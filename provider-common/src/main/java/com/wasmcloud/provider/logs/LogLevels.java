package com.wasmcloud.provider.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is logged: from the level that the host names, or else from directives in the manner of {@code RUST_LOG}, such as
 * {@code info,com.wasmcloud=debug,io.nats=warn}.
 *
 * @param general for everything that has no level of its own; a level below info is for our code only, since the
 *     details of libraries would drown it
 * @param targets levels of single loggers, by the beginning of their names
 * @param ignored directives that are none
 * @param limited targets that wanted to log more than they may, see {@link LibraryLimits}
 */
public record LogLevels(Level general, Map<String, Level> targets, List<String> ignored, List<String> limited) {
    private static final Pattern DIRECTIVE = Pattern.compile("([\\w.$:-]+)(?:=(\\w*))?");
    private static final int MOST_DIRECTIVES = 100;

    /**
     * Finds out what is wanted.
     *
     * @param host as hosts name levels, in any case; empty when the host does not say
     * @param directives the environment's, empty for none; they count when the host does not say, or says what is no level
     */
    public static LogLevels of(String host, String directives) {
        return level(host)
                .map(level -> new LogLevels(level, Map.of(), List.of(), List.of()))
                .orElseGet(() -> parse(directives));
    }

    private static LogLevels parse(String directives) {
        Level general = Level.INFO;
        Map<String, Level> targets = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        List<String> limited = new ArrayList<>();
        for (String part : directives.split(",", MOST_DIRECTIVES)) {
            String directive = part.strip();
            Matcher matcher = DIRECTIVE.matcher(directive);
            Optional<Level> alone = level(directive);
            if (alone.isPresent()) {
                general = alone.get();
            } else if (matcher.matches()) {
                String target = matcher.group(1).replace("::", ".");
                String name = matcher.group(2) == null || matcher.group(2).isEmpty() ? "trace" : matcher.group(2);
                level(name)
                        .ifPresentOrElse(
                                wanted -> {
                                    Level level = LibraryLimits.limited(target, wanted);
                                    targets.put(target, level);
                                    if (!level.equals(wanted)) {
                                        limited.add(target);
                                    }
                                },
                                () -> ignored.add(directive));
            } else if (!directive.isEmpty()) {
                ignored.add(directive);
            }
        }
        return new LogLevels(general, targets, ignored, limited);
    }

    /** The level below which nothing at all is logged. */
    Level lowest() {
        return Stream.concat(Stream.of(general), targets.values().stream())
                .min(Comparator.comparingInt(Level::intValue))
                .orElse(general);
    }

    /** The level of a name, in the words of all hosts, or empty for what is no level. */
    static Optional<Level> level(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "trace", "5" -> Optional.of(Level.FINEST);
            case "debug", "4" -> Optional.of(Level.FINE);
            case "info", "notice", "3" -> Optional.of(Level.INFO);
            case "warn", "warning", "2" -> Optional.of(Level.WARNING);
            case "error", "critical", "alert", "emergency", "1" -> Optional.of(Level.SEVERE);
            case "none", "off", "0" -> Optional.of(Level.OFF);
            default -> Optional.empty();
        };
    }
}
