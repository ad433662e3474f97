package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Wasmbus;

/** The provider {@code wasmcloud:httpserver}: receives HTTP requests and dispatches them to the linked actors. */
public final class HttpServerProvider {
    private HttpServerProvider() {}

    /** Runs the provider as a process; see {@link Provider#run}. */
    public static void main(String... arguments) {
        System.setProperty("vertx.disableDnsResolver", "true"); // addresses are numeric, and starting it takes time
        HttpServices services = HttpServices.ofProcess();
        services.ports().prepare(); // while the connection to NATS is made
        provider(services).run(arguments);
    }

    /** The provider, to be run or started; it listens nowhere until it has a link. */
    public static Provider provider() {
        return provider(HttpServices.ofProcess());
    }

    static Provider provider(HttpServices services) {
        return Provider.named("httpserver")
                .speaks(Wasmbus.calls(HttpServerContract.INSTANCE, new HttpListeners(services)));
    }
}
