package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.logging.LinkQueue.Pending;
import com.wasmcloud.provider.support.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();
    private final LinkQueue loud = link();
    private final LinkQueue quiet = link();

    @Test
    void linksTakeTurnsLineByLine() {
        add(loud, "1", "2", "3");
        add(quiet, "a", "b");
        assertThat(next(100, 10_000)).containsExactly("1", "a", "2", "b", "3");
    }

    @Test
    void whoHasBeenServedComesLastTheNextTime() {
        add(loud, "1", "2", "3");
        add(quiet, "a");
        assertThat(take(1)).containsExactly("1");
        assertThat(take(2)).containsExactly("a", "2");
        assertThat(take(9)).containsExactly("3");
        assertThat(turns.isEmpty()).isTrue();
    }

    @Test
    void boundsABatchByBytesButForTheFirstLine() {
        add(loud, "x".repeat(1000), "2");
        assertThat(next(100, 10)).hasSize(1);
        assertThat(next(100, 10_000)).hasSize(2);
    }

    private List<String> take(int most) {
        List<Pending> lines = turns.next(most, 10_000);
        turns.removed(lines);
        return texts(lines);
    }

    private List<String> next(int most, int bytes) {
        return texts(turns.next(most, bytes));
    }

    private void add(LinkQueue link, String... texts) {
        for (String text : texts) {
            link.add(link.pending(Entries.line(text)));
            turns.add(link);
        }
    }

    private static List<String> texts(List<Pending> lines) {
        List<String> texts = new ArrayList<>();
        lines.forEach(line -> texts.add(line.entry().line().text()));
        return texts;
    }

    private static LinkQueue link() {
        return new LinkQueue(
                Entries.TEXT, new Bounds(100, 10_000, Duration.ofMinutes(1)), new Budget(1_000_000).share());
    }
}
