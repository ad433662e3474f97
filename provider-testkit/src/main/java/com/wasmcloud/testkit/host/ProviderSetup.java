package com.wasmcloud.testkit.host;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A provider that a {@link TestHost} is to start. Immutable: every method gives a new description. */
public final class ProviderSetup {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private final TestHost host;
    private final String contractId;
    private final String key;
    private final String linkName;
    private final List<LinkDefinition> links;
    private final Optional<String> configJson;
    private final Optional<String> logLevel;
    private final boolean structuredLogging;
    private final Duration rpcTimeout;
    private final Map<String, String> environment;

    private ProviderSetup(
            TestHost host,
            String contractId,
            String key,
            String linkName,
            List<LinkDefinition> links,
            Optional<String> configJson,
            Optional<String> logLevel,
            boolean structuredLogging,
            Duration rpcTimeout,
            Map<String, String> environment) {
        this.host = host;
        this.contractId = contractId;
        this.key = key;
        this.linkName = linkName;
        this.links = List.copyOf(links);
        this.configJson = configJson;
        this.logLevel = logLevel;
        this.structuredLogging = structuredLogging;
        this.rpcTimeout = rpcTimeout;
        this.environment = Map.copyOf(environment);
    }

    static ProviderSetup of(TestHost host, String contractId) {
        String key = KeyPair.generate(KeyRole.PROVIDER).publicKey();
        return new ProviderSetup(
                host,
                contractId,
                key,
                "default",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                DEFAULT_TIMEOUT,
                Map.of());
    }

    /** The link name it is started for, {@code default} otherwise; before any {@link #link}. */
    public ProviderSetup linkName(String name) {
        return new ProviderSetup(
                host, contractId, key, name, links, configJson, logLevel, structuredLogging, rpcTimeout, environment);
    }

    /** Its key, when it is to be that of another provider: a second instance, or one that is started again. */
    public ProviderSetup key(String publicKey) {
        return new ProviderSetup(
                host,
                contractId,
                publicKey,
                linkName,
                links,
                configJson,
                logLevel,
                structuredLogging,
                rpcTimeout,
                environment);
    }

    /** A link that is there before it starts, and so is in its host data. */
    public ProviderSetup link(TestActor actor, Map<String, String> values) {
        List<LinkDefinition> more = new ArrayList<>(links);
        more.add(new LinkDefinition(actor.key(), key, linkName, contractId, values));
        return new ProviderSetup(
                host,
                contractId,
                key,
                linkName,
                more,
                configJson,
                logLevel,
                structuredLogging,
                rpcTimeout,
                environment);
    }

    /** Its configuration ({@code config_json}). */
    public ProviderSetup config(String json) {
        return new ProviderSetup(
                host,
                contractId,
                key,
                linkName,
                links,
                Optional.of(json),
                logLevel,
                structuredLogging,
                rpcTimeout,
                environment);
    }

    /** A log level, which only the Elixir family passes on. */
    public ProviderSetup logLevel(String level) {
        return new ProviderSetup(
                host,
                contractId,
                key,
                linkName,
                links,
                configJson,
                Optional.of(level),
                structuredLogging,
                rpcTimeout,
                environment);
    }

    /** Wants the log as JSON, one object a line. */
    public ProviderSetup structuredLogging() {
        return new ProviderSetup(
                host, contractId, key, linkName, links, configJson, logLevel, true, rpcTimeout, environment);
    }

    /** How long a call may take, 2 seconds otherwise; the harness does not pass it on. */
    public ProviderSetup rpcTimeout(Duration limit) {
        return new ProviderSetup(
                host, contractId, key, linkName, links, configJson, logLevel, structuredLogging, limit, environment);
    }

    /**
     * Variables of the host's environment: all reach a provider of the Elixir family, of OpenTelemetry's two one of the
     * Rust family, and none one inside this JVM.
     */
    public ProviderSetup environment(Map<String, String> variables) {
        return new ProviderSetup(
                host, contractId, key, linkName, links, configJson, logLevel, structuredLogging, rpcTimeout, variables);
    }

    /** Starts an executable and returns once it answers. */
    public TestProvider start(Path executable) {
        TestProvider provider = launch(executable);
        provider.awaitAnswer();
        return provider;
    }

    /** Starts an executable and returns at once, as hosts do. */
    public TestProvider launch(Path executable) {
        String instance = newInstance();
        return launched(ProviderProcess.start(executable, host.form(), line(instance), environment), instance);
    }

    /** The same with another line on its standard input than the host would write. */
    public TestProvider launch(Path executable, UnaryOperator<String> changed) {
        String instance = newInstance();
        String line = changed.apply(line(instance));
        return launched(ProviderProcess.start(executable, host.form(), line, environment), instance);
    }

    /**
     * One that somebody else starts, such as a container, with this key and as an instance of this name; it is told of
     * the links when it asks for them. To close it does nothing to it.
     */
    public TestProvider elsewhere(String instance) {
        return launched(() -> {}, instance);
    }

    /** Starts a provider inside this JVM and returns once it answers. */
    public TestProvider start(Provider provider) {
        try {
            String instance = newInstance();
            TestProvider started = launched(provider.start(line(instance)), instance);
            started.awaitAnswer();
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a provider started", interruption);
        }
    }

    /** The line that the provider finds on its standard input. */
    public String line() {
        return line(newInstance());
    }

    private static String newInstance() {
        return UUID.randomUUID().toString();
    }

    private String line(String instance) {
        return host.form()
                .line(new ProviderStart(
                        host.hostId(),
                        host.lattice(),
                        host.access().url(),
                        host.access().userJwt(),
                        host.access().userSeed(),
                        host.cluster(),
                        key,
                        linkName,
                        instance,
                        links,
                        configJson,
                        rpcTimeout,
                        logLevel,
                        structuredLogging,
                        host.jetStreamDomain(),
                        environment));
    }

    private TestProvider launched(AutoCloseable process, String instance) {
        TestProvider started = new TestProvider(host, new Entity(key, linkName, contractId), process, instance);
        links.forEach(host::record);
        host.add(started);
        return started;
    }
}
