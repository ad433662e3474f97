package com.wasmcloud.benchmarks.soak;

import com.wasmcloud.testkit.host.TestProvider;
import java.util.List;

/** A provider that runs, and the traffic on it that has been thought of. */
interface ProviderUnderLoad {
    /** What it is called in tables. */
    String name();

    /** The running provider; it ends with its host. */
    TestProvider provider();

    /**
     * The mixed traffic of ordinary use.
     *
     * @param percent of the usual rates
     */
    List<Traffic> ordinary(int percent);

    /** The traffic that needs memory: many large bodies at once. */
    Traffic large();
}
