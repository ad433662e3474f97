package com.wasmcloud.httpclient;

import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Wasmbus;

/** Serves {@code wasmcloud:httpclient}: sends the HTTP requests of actors, each link with connections of its own. */
public final class HttpClientProvider {
    private HttpClientProvider() {}

    /** Runs the provider as the process that a host, or a person with host data in a file, starts. */
    public static void main(String... arguments) {
        System.setProperty("vertx.disableDnsResolver", "true"); // names are looked up here, and starting it takes time
        HttpClientRuntime runtime = new HttpClientRuntime();
        runtime.background().run(runtime::use); // for the life of the process, while the connection to NATS is made
        provider(runtime).run(arguments);
    }

    /** The provider as a description, for running it inside another process; each one has threads of its own. */
    public static Provider provider() {
        return provider(new HttpClientRuntime());
    }

    static Provider provider(HttpClientRuntime runtime) {
        return Provider.named("httpclient")
                .speaks(Wasmbus.serves(
                        HttpClientContract.INSTANCE,
                        link -> HttpClientSession.open(link, HttpClientSettings.of(link), runtime)));
    }
}
