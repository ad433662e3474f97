package com.wasmcloud.demo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LogBookTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final LogBook book = new LogBook();

    @Test
    void givesWhatCameAfterAPlace() {
        book.add("info", "one", true);
        LogBook.Extract first = Await.result(book.after("", LONG));
        assertThat(texts(first)).containsExactly("one");

        CompletionStage<LogBook.Extract> next = book.after(first.cursor(), LONG);
        assertThat(next.toCompletableFuture()).isNotDone();
        book.add("warn", "two", false);
        assertThat(texts(Await.result(next))).containsExactly("two");
    }

    @Test
    void hasNothingToSayWhenNothingComesInTime() {
        book.add("info", "one", true);
        String cursor = Await.result(book.after("", LONG)).cursor();

        LogBook.Extract nothing = Await.result(book.after(cursor, Duration.ofMillis(1)));

        assertThat(nothing.lines()).isEmpty();
        assertThat(nothing.cursor()).isEqualTo(cursor);
    }

    @Test
    void beginsAnewForThoseWhoReadInAnEarlierRun() {
        LogBook earlier = new LogBook();
        earlier.add("info", "long ago", true);
        String cursor = Await.result(earlier.after("", LONG)).cursor();
        book.add("info", "one", true);

        assertThat(texts(Await.result(book.after(cursor, LONG)))).containsExactly("one");
        assertThat(texts(Await.result(book.after("nonsense-1", LONG)))).containsExactly("one");
    }

    @Test
    void keepsTheLastHundredLines() {
        for (int i = 1; i <= 150; i++) {
            book.add("info", "line " + i, true);
        }

        assertThat(texts(Await.result(book.after("", LONG))))
                .hasSize(100)
                .startsWith("line 51")
                .endsWith("line 150");
    }

    @Test
    void keepsNoMoreThanSomeReadersWaiting() {
        String cursor = Await.result(book.after("", Duration.ofMillis(1))).cursor();
        List<CompletionStage<LogBook.Extract>> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readers.add(book.after(cursor, LONG));
        }

        assertThat(readers.stream()
                        .filter(reader -> !reader.toCompletableFuture().isDone()))
                .hasSize(64);
        book.add("info", "one", true);
        readers.forEach(Await::result);
    }

    private static List<String> texts(LogBook.Extract extract) {
        return extract.lines().stream().map(LogBook.Line::text).toList();
    }
}
