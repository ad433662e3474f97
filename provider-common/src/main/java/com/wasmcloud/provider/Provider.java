package com.wasmcloud.provider;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a capability provider: its name, and for each generation of wasmCloud's protocol that it speaks, the
 * contract and how a link's session is opened.
 *
 * <pre>{@code
 * Provider.named("my-keyvalue")
 *         .speaks(Wasmbus.serves(KeyValueContract.INSTANCE, MyKeyValue::new))
 *         .run(arguments);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Provider {
    private final String name;
    private final List<Protocol<?>> protocols;

    private Provider(String name, List<Protocol<?>> protocols) {
        this.name = name;
        this.protocols = List.copyOf(protocols);
    }

    /** Begins a description; the name is for logs and for the NATS server's list of clients. */
    public static Provider named(String name) {
        return new Provider(name, List.of());
    }

    /** The same for hosts of another generation too. */
    public Provider speaks(Protocol<?> protocol) {
        List<Protocol<?>> more = new ArrayList<>(protocols);
        more.add(protocol);
        return new Provider(name, more);
    }

    /**
     * Runs as a process: reads host data from the first line of standard input (or from where {@code --host-data FILE} or
     * {@code WASMCLOUD_HOST_DATA} says), serves until it is told to stop, and ends the process, with 0 after an orderly
     * stop and 1, with one sentence on standard error, when it cannot start. With the argument {@code --help}, {@code
     * --version}, {@code health} or {@code host-data} it does that instead and ends.
     */
    public void run(String... arguments) {
        if (arguments.length > 0 && Commands.isMeant(arguments)) {
            int code = new Commands(name, protocols, System.out, System.err).run(arguments);
            Runtime.getRuntime().halt(code);
        }
        new ProviderProcess(name, this::lattice).run(arguments);
    }

    /**
     * Starts inside this process, for tests and for programs that embed a provider: no standard input, no signals, no exit.
     *
     * @param hostData the line that a host would write
     * @throws IOException when NATS refuses us; a server that is unavailable is waited for
     * @throws IllegalArgumentException when the host data cannot be used
     * @throws com.wasmcloud.provider.settings.SettingsException when the provider configuration cannot be used
     */
    public Running start(String hostData) throws IOException, InterruptedException {
        return Running.start(name, lattice(hostData));
    }

    /**
     * The lattice that host data describes.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when the host data cannot be used
     */
    private Lattice<?> lattice(String hostData) {
        Map<String, @Nullable Object> data = HostDataLine.parse(hostData);
        for (Protocol<?> protocol : protocols) {
            if (protocol.speaks(data)) {
                return protocol.lattice(data);
            }
        }
        throw new IllegalArgumentException(
                "the host data is of a generation of hosts that this provider does not serve; use a provider made for it");
    }
}
