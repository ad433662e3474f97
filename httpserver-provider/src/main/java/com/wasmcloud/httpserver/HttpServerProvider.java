package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.provider.Provider;

/** The provider {@code wasmcloud:httpserver} on Vert.x: every link opens a port, every request there calls the actor. */
public final class HttpServerProvider {
    private HttpServerProvider() {}

    /** Runs the provider as a process; see {@link Provider#run}. */
    public static void main(String... arguments) {
        System.setProperty("vertx.disableDnsResolver", "true"); // addresses are numbers, and starting it takes time
        HttpListeners listeners = new HttpListeners(HttpServices.ofProcess());
        listeners.prepare(); // while the connection to NATS is made
        provider(listeners).run(arguments);
    }

    /** The provider, to be run or started; it listens nowhere until it has a link. */
    public static Provider<?> provider() {
        return provider(new HttpListeners(HttpServices.ofProcess()));
    }

    static Provider<?> provider(HttpListeners listeners) {
        return Provider.named("httpserver").calls(HttpServerContract.INSTANCE, listeners);
    }
}
