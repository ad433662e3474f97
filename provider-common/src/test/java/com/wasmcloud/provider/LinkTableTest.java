package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Gate;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkTableTest {
    static final FarSide NOBODY = new FarSide() {
        @Override
        public <C> C as(Contract<C> contract, CallOptions options, Budget.Share memory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String instance() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <C> C at(String instance, Contract<C> contract, CallOptions options, Budget.Share memory) {
            throw new UnsupportedOperationException();
        }
    };

    private final List<Backend> opened = new CopyOnWriteArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Link.Shared shared =
            new Link.Shared(Sources.ofLink(Map.of()), false, new Budget(10), new Budget(1000), Telemetry.NOTHING);
    private final LinksThread thread = new LinksThread();
    private final LinkTable<Backend> table = new LinkTable<>(
            (key, contract, values, farSide) -> new Link(key, contract, values, farSide, shared),
            this::open,
            2,
            thread);

    @AfterEach
    void endThread() {
        thread.shutdownNow();
    }

    private static final class Backend implements AutoCloseable, HealthReporter {
        private final String value;
        private boolean closed;
        private Health health = Health.HEALTHY;

        private Backend(String value) {
            this.value = value;
        }

        @Override
        public Health health() {
            return health;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Backend open(Link link) {
        String value = link.values().getOrDefault("v", "");
        if (value.startsWith("bad")) {
            throw new SettingsException("'v' is " + value);
        }
        Throwable failure = failures.poll();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (value.equals("bug")) {
            throw new IllegalStateException("details that are nobody's business");
        }
        Backend backend = new Backend(value);
        opened.add(backend);
        return backend;
    }

    @Test
    void opensOneSessionForAnActorHoweverOftenItsLinkIsRepeated() {
        put("M1", "a");
        put("M1", "a");
        put("M2", "a");
        assertThat(opened).hasSize(2);
        assertThat(table.session(key("M1")).service())
                .isNotSameAs(table.session(key("M2")).service());
        assertThat(table.keys()).containsExactlyInAnyOrder(key("M1"), key("M2"));
    }

    @Test
    void swapsTheSessionWhenValuesChangeAndClosesTheOldOneAfterItsCalls() {
        put("M1", "a");
        Session<Backend> before = table.session(key("M1"));
        assertThat(before.enter()).isEqualTo(Gate.Entry.ADMITTED);
        put("M1", "b");
        assertThat(table.session(key("M1")).service().value).isEqualTo("b");
        assertThat(before.service().closed).isFalse();
        assertThat(before.enter()).isEqualTo(Gate.Entry.CLOSED);
        before.leave();
        awaitThread();
        assertThat(before.service().closed).isTrue();
        assertThat(table.session(key("M1")).service().closed).isFalse();
    }

    @Test
    void answersWithTheReasonWhenALinkWasRefused() {
        refuses("M1", "unlinked actor: 'M1'");
        put("M1", "bad");
        refuses("M1", "unlinked actor: 'M1': 'v' is bad");
        put("M1", "bug");
        refuses("M1", "unlinked actor: 'M1': the link could not be opened; the provider's log has the cause");
        put("M1", "good");
        assertThat(table.session(key("M1")).service().value).isEqualTo("good");
        put("M1", "bad again");
        refuses("M1", "unlinked actor: 'M1': 'v' is bad again");
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void forgetsADeletedLinkAndDoesNotMindOneItNeverHad() {
        table.delete(key("M1"));
        put("M1", "a");
        table.delete(key("M1"));
        assertThat(opened.get(0).closed).isTrue();
        refuses("M1", "unlinked actor: 'M1'");
        put("M2", "bad");
        table.delete(key("M2"));
        refuses("M2", "unlinked actor: 'M2'");
        assertThat(table.keys()).isEmpty();
    }

    @Test
    void goesOnTryingToOpenALinkThatFailedForAnyReasonButItsSettings() {
        failures.add(new OutOfMemoryError("unable to create native thread: possibly out of memory"));
        failures.add(new IllegalStateException("not yet"));
        put("M1", "a");
        refuses("M1", "unlinked actor: 'M1': the link could not be opened; the provider's log has the cause");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (table.find(key("M1")) == null) {
                Thread.sleep(5);
            }
        });
        assertThat(table.session(key("M1")).service().value).isEqualTo("a");
        assertThat(table.health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void givesANewcomerItsShareWhenAnotherLinkTakesAllItCan() {
        put("M1", "a");
        put("M2", "a");
        Budget.Share greedy = table.session(key("M1")).link().memory();
        int taken = 0;
        while (greedy.tryTake(100)) {
            taken += 100;
        }
        assertThat(taken).as("all of it, alone").isEqualTo(1000);
        assertThat(table.session(key("M2")).link().memory().tryTake(100)).isTrue();
    }

    @Test
    void ignoresALinkWithoutAnActor() {
        put("", "a");
        assertThat(table.keys()).isEmpty();
    }

    @Test
    void tellsWhichLinkIsIll() {
        assertThat(table.health()).isEqualTo(Health.HEALTHY);
        put("M1", "a");
        put("M2", "bad");
        opened.get(0).health = Health.unhealthy("no answer");
        assertThat(table.health())
                .isEqualTo(Health.unhealthy("link of actor M1: no answer; link of actor M2: 'v' is bad"));
    }

    @Test
    void boundsTheCallsOfOneActor() {
        put("M1", "a");
        Session<Backend> session = table.session(key("M1"));
        session.enter();
        session.enter();
        assertThat(session.enter()).isEqualTo(Gate.Entry.FULL);
        session.leave();
        assertThat(session.enter()).isEqualTo(Gate.Entry.ADMITTED);
    }

    @Test
    void closesEverythingAtTheEndAndEachSessionOnce() {
        put("M1", "a");
        Session<Backend> session = table.session(key("M1"));
        session.enter();
        table.closeAll();
        assertThat(opened.get(0).closed).isTrue();
        opened.get(0).closed = false;
        session.leave();
        awaitThread();
        assertThat(opened.get(0).closed).isFalse();
        assertThat(session.enter()).isEqualTo(Gate.Entry.CLOSED);
        put("M2", "late");
        assertThat(opened).hasSize(1);
    }

    private void refuses(String actor, String text) {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> table.session(key(actor)))
                .withMessage(text);
    }

    private void put(String actor, String value) {
        table.put(key(actor), "c:d", Map.of("v", value), NOBODY);
    }

    /** What the last call has left to the links' thread is done. */
    private void awaitThread() {
        try {
            thread.submit(() -> {}).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static LinkKey key(String actor) {
        return new LinkKey(actor, "default", "c:d");
    }
}
