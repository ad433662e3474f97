package com.wasmcloud.provider.support;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether files have changed, and has changed ones used. Files that cannot be used are logged once and
 * told by {@link #problem}, while the earlier ones stay in use.
 *
 * <p>Thread-safe. Reads and uses on threads of a {@link Background}, one look at a time, until it is closed.
 *
 * @param <F> what was read of the files; the same content has to be equal
 */
public final class FileWatch<F> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Background background;
    private final Words words;
    private final Reader<F> reader;
    private final User<F> user;
    private F used; // by one look at a time
    private volatile String problem = "";
    private volatile boolean closed;

    /**
     * What the log and the health say.
     *
     * @param files which ones, as in {@code the TLS files of the link}
     * @param replaced a sentence for files that are in use now
     * @param earlier what happens as long as changed ones cannot be used, as the end of a sentence
     */
    public record Words(String files, String replaced, String earlier) {}

    /** Reads the files. */
    @FunctionalInterface
    public interface Reader<F> {
        /**
         * Reads all of them; may block.
         *
         * @throws IOException with the name of a file and what is wrong with it
         */
        F read() throws IOException;
    }

    /** Uses what was read. */
    @FunctionalInterface
    public interface User<F> {
        /**
         * Begins to use it; may block.
         *
         * @return completes when it is in use
         * @throws Exception when it cannot be used; the message says why
         */
        CompletionStage<?> use(F files) throws Exception;
    }

    private FileWatch(Background background, Words words, F used, Reader<F> reader, User<F> user) {
        this.background = background;
        this.words = words;
        this.used = used;
        this.reader = reader;
        this.user = user;
    }

    /**
     * Begins to look.
     *
     * @param used the files as they are used so far
     */
    public static <F> FileWatch<F> start(Background background, Words words, F used, Reader<F> reader, User<F> user) {
        FileWatch<F> watch = new FileWatch<>(background, words, used, reader, user);
        watch.later();
        return watch;
    }

    private void later() {
        background.runAfter(PAUSE, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        boolean underWay = false;
        try {
            F now = reader.read();
            if (now.equals(used)) {
                problem = "";
            } else {
                user.use(now).whenComplete((done, failure) -> used(now, failure));
                underWay = true;
            }
        } catch (Exception e) {
            cannotUse(e);
        } finally {
            if (!underWay) {
                later();
            }
        }
    }

    private void used(F now, @Nullable Throwable failure) {
        if (failure == null) {
            used = now;
            problem = "";
            LOG.info("{}", words.replaced);
        } else {
            cannotUse(Causes.unwrap(failure));
        }
        later();
    }

    private void cannotUse(Throwable cause) {
        if (closed) {
            return;
        }
        String sentence = words.files + " have changed and cannot be used: " + reason(cause) + "; " + words.earlier;
        if (!sentence.equals(problem)) {
            LOG.warn("{}", sentence);
            LOG.debug("the cause", cause);
        }
        problem = sentence;
    }

    /** Why files cannot be read or used, as a sentence for the operator. */
    public static String reason(Throwable cause) {
        return cause instanceof IOException ? "cannot read " + cause.getMessage() : Causes.text(cause);
    }

    /** Why the files as they are now cannot be used, while the earlier ones are. */
    public Optional<String> problem() {
        String now = problem;
        return now.isEmpty() ? Optional.empty() : Optional.of(now);
    }

    /** Stops looking. */
    @Override
    public void close() {
        closed = true;
    }
}
