package com.wasmcloud.logging;

import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Wasmbus;

/** Serves {@code wasmcloud:builtin:logging} and {@code wasmcloud:logging}: each link says where the lines of its actor go. */
public final class LoggingProvider {
    private LoggingProvider() {}

    /** Runs the provider as the process that a host, or a person with host data in a file, starts. */
    public static void main(String... arguments) {
        provider().run(arguments);
    }

    /** The provider as a description, for running it inside another process; each one has targets of its own. */
    public static Provider provider() {
        Targets targets = new Targets();
        return Provider.named("logging")
                .speaks(Wasmbus.serves(LoggingContract.INSTANCE, link -> LogLink.open(link, targets))
                        .alsoUnder(LoggingContract.LEGACY.id()));
    }
}
