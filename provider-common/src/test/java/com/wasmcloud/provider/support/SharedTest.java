package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.wasmcloud.provider.support.Shared.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedTest {
    private final List<String> events = new ArrayList<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private boolean broken;
    private boolean revives;
    private int made;

    private final Shared<String, String> shared = new Shared<>(new Shared.Life<>() {
        @Override
        public String begin(String key, @Nullable String ending) {
            if (broken) {
                throw new IllegalStateException("cannot begin");
            }
            if (revives && ending != null) {
                events.add("revive " + ending);
                return ending;
            }
            made++;
            events.add("begin " + key + made + (ending == null ? "" : " after " + ending));
            return key + made;
        }

        @Override
        public CompletionStage<?> end(String value) {
            events.add("end " + value);
            return gone;
        }
    });

    @Test
    void beginsWithTheFirstUserAndEndsWithTheLast() {
        gone.complete(null);
        Use<String> first = shared.use("a");
        Use<String> second = shared.use("a");
        Use<String> other = shared.use("b");
        assertThat(first.value()).isEqualTo(second.value()).isEqualTo("a1");

        first.close();
        first.close();
        other.close();
        assertThat(events).containsExactly("begin a1", "begin b2", "end b2");

        second.close();
        assertThat(shared.use("a").value()).isEqualTo("a3");
        assertThat(events).endsWith("end a1", "begin a3");
    }

    @Test
    void tellsANewOneOfTheOneThatStillEnds() {
        shared.use("a").close();
        shared.use("a").close();
        gone.complete(null);
        shared.use("a").close();

        assertThat(events).containsExactly("begin a1", "end a1", "begin a2 after a1", "end a2", "begin a3", "end a3");
    }

    @Test
    void canGiveTheOneThatEndsOnceMore() {
        revives = true;
        shared.use("a").close();
        Use<String> again = shared.use("a");
        assertThat(again.value()).isEqualTo("a1");

        gone.complete(null);
        again.close();
        shared.use("a");

        assertThat(events).containsExactly("begin a1", "end a1", "revive a1", "end a1", "begin a2");
    }

    @Test
    void countsNoUserForWhomItCouldNotBegin() {
        gone.complete(null);
        broken = true;
        assertThatIllegalStateException().isThrownBy(() -> shared.use("a"));

        broken = false;
        shared.use("a").close();
        assertThat(events).containsExactly("begin a1", "end a1");
    }
}
