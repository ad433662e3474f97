package com.wasmcloud.provider.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.wasmcloud.provider.support.HeapExhaustion;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogSetupTest {
    private static final String LIBRARY = "com.wasmcloud.logsetuptest.library";

    private final Logger root = Logger.getLogger("");
    private final List<Handler> handlers = List.of(root.getHandlers());
    private final Level level = root.getLevel();
    private final Logger library = Logger.getLogger(LIBRARY);

    @BeforeEach
    void forget() {
        library.setLevel(null);
    }

    @AfterEach
    void restore() {
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        handlers.forEach(root::addHandler);
        root.setLevel(level);
        Logger.getLogger("com.wasmcloud").setLevel(null);
        library.setLevel(null);
    }

    private static void apply(String directives) {
        LogSetup.apply(false, LogLevels.of("", directives), field -> {});
    }

    @Test
    void takesTheLevelOfALibraryThatIsNamedWheneverItIsQuietened() {
        LogSetup.quieten(LIBRARY, Level.SEVERE);
        apply("info," + LIBRARY + "=debug");
        assertThat(library.getLevel()).isEqualTo(Level.FINE);

        LogSetup.quieten(LIBRARY, Level.SEVERE);
        assertThat(library.getLevel()).isEqualTo(Level.FINE);
    }

    @Test
    void quietensALibraryThatNobodyNames() {
        LogSetup.quieten(LIBRARY, Level.SEVERE);
        apply("debug");
        assertThat(library.getLevel()).isEqualTo(Level.SEVERE);
    }

    @Test
    void keepsTheLevelOfALibraryWhoseLoggersAreNotThereYet() {
        String later = LIBRARY + ".later";
        apply("info," + later + "=debug");
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (garbage.get() != null) {
                System.gc();
            }
        });
        assertThat(Logger.getLogger(later).getLevel()).isEqualTo(Level.FINE);
    }

    @Test
    void noticesAFullHeapThatALibraryCaught() {
        AtomicInteger noticed = new AtomicInteger();
        HeapExhaustion.onceNoticed(noticed::incrementAndGet);
        apply("info");
        library.log(Level.WARNING, "no thread", new OutOfMemoryError("unable to create native thread"));
        assertThat(noticed).hasValue(0);
        library.log(Level.WARNING, "a task failed", new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertThat(noticed).hasValue(1);
    }
}
