package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTest {
    private final IOException inner = new IOException("why", new IllegalStateException());

    @Test
    void unwrapsWhatFuturesPutAroundAFailureAndNothingElse() {
        assertThat(Causes.unwrap(new CompletionException(new ExecutionException(inner))))
                .isSameAs(inner);
        assertThat(Causes.unwrap(inner)).isSameAs(inner);
        CompletionException bare = new CompletionException("bare", null);
        assertThat(Causes.unwrap(bare)).isSameAs(bare);
    }

    @Test
    void findsTheFirstCauseAndWhatItSays() {
        assertThat(Causes.root(new CompletionException(inner))).isSameAs(inner.getCause());
        assertThat(Causes.reason(new CompletionException(inner))).isEqualTo("IllegalStateException");
        assertThat(Causes.text(inner)).isEqualTo("why");
    }

    @Test
    void endsWhereACauseLeadsBackToItself() {
        CompletionException odd = new CompletionException("odd", null) {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        };

        assertThat(Causes.root(odd)).isSameAs(odd);
        assertThat(Causes.unwrap(odd)).isSameAs(odd);
    }
}
