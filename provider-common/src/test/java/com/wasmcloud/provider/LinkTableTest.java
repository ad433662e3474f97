package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.Gate;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LinkTableTest {
    private final List<Backend> opened = new ArrayList<>();
    private final LinkTable<Backend> table = new LinkTable<>(
            definition -> new Link(
                    definition,
                    Settings.of(Map.of()),
                    (origin, target, operation, argument, options) -> new CompletableFuture<>(),
                    Telemetry.NOTHING),
            this::open,
            2,
            Runnable::run);

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
        if (value.equals("bug")) {
            throw new IllegalStateException("details that are nobody's business");
        }
        Backend backend = new Backend(value);
        opened.add(backend);
        return backend;
    }

    @Test
    void opensOneSessionForAnActorHoweverOftenItsLinkIsRepeated() {
        table.put(link("M1", "a"));
        table.put(link("M1", "a"));
        table.put(link("M2", "a"));
        assertThat(opened).hasSize(2);
        assertThat(table.session("M1").service())
                .isNotSameAs(table.session("M2").service());
        assertThat(table.actors()).containsExactlyInAnyOrder("M1", "M2");
    }

    @Test
    void swapsTheSessionWhenValuesChangeAndClosesTheOldOneAfterItsCalls() {
        table.put(link("M1", "a"));
        Session<Backend> before = table.session("M1");
        assertThat(before.enter()).isEqualTo(Gate.Entry.ADMITTED);
        table.put(link("M1", "b"));
        assertThat(table.session("M1").service().value).isEqualTo("b");
        assertThat(before.service().closed).isFalse();
        assertThat(before.enter()).isEqualTo(Gate.Entry.CLOSED);
        before.leave();
        assertThat(before.service().closed).isTrue();
        assertThat(table.session("M1").service().closed).isFalse();
    }

    @Test
    void answersWithTheReasonWhenALinkWasRefused() {
        refuses("M1", "unlinked actor: 'M1'");
        table.put(link("M1", "bad"));
        refuses("M1", "unlinked actor: 'M1': 'v' is bad");
        table.put(link("M1", "bug"));
        refuses("M1", "unlinked actor: 'M1': the link could not be opened; the provider's log has the cause");
        table.put(link("M1", "good"));
        assertThat(table.session("M1").service().value).isEqualTo("good");
        table.put(link("M1", "bad again"));
        refuses("M1", "unlinked actor: 'M1': 'v' is bad again");
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void forgetsADeletedLinkAndDoesNotMindOneItNeverHad() {
        table.delete("M1");
        table.put(link("M1", "a"));
        table.delete("M1");
        assertThat(opened.get(0).closed).isTrue();
        refuses("M1", "unlinked actor: 'M1'");
        table.put(link("M2", "bad"));
        table.delete("M2");
        refuses("M2", "unlinked actor: 'M2'");
        assertThat(table.actors()).isEmpty();
    }

    @Test
    void ignoresALinkWithoutAnActor() {
        table.put(link("", "a"));
        assertThat(table.actors()).isEmpty();
    }

    @Test
    void tellsWhichLinkIsIll() {
        assertThat(table.health()).isEqualTo(Health.HEALTHY);
        table.put(link("M1", "a"));
        table.put(link("M2", "bad"));
        opened.get(0).health = Health.unhealthy("no answer");
        assertThat(table.health())
                .isEqualTo(Health.unhealthy("link of actor M1: no answer; link of actor M2: 'v' is bad"));
    }

    @Test
    void boundsTheCallsOfOneActor() {
        table.put(link("M1", "a"));
        Session<Backend> session = table.session("M1");
        session.enter();
        session.enter();
        assertThat(session.enter()).isEqualTo(Gate.Entry.FULL);
        session.leave();
        assertThat(session.enter()).isEqualTo(Gate.Entry.ADMITTED);
    }

    @Test
    void closesEverythingAtTheEndAndEachSessionOnce() {
        table.put(link("M1", "a"));
        Session<Backend> session = table.session("M1");
        session.enter();
        table.closeAll();
        assertThat(opened.get(0).closed).isTrue();
        opened.get(0).closed = false;
        session.leave();
        assertThat(opened.get(0).closed).isFalse();
        assertThat(session.enter()).isEqualTo(Gate.Entry.CLOSED);
        table.put(link("M2", "late"));
        assertThat(opened).hasSize(1);
    }

    private void refuses(String actor, String text) {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> table.session(actor))
                .withMessage(text);
    }

    private static LinkDefinition link(String actor, String value) {
        return new LinkDefinition(actor, "V", "default", "c:d", Map.of("v", value));
    }
}
