package com.wasmcloud.benchmarks.soak;

import static com.wasmcloud.testkit.Await.result;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.host.ProviderSetup;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code wasmcloud:keyvalue} with several actors. */
record KeyValueUnderLoad(TestProvider provider, List<KeyValue> actors) implements ProviderUnderLoad {
    private static final int ACTORS = 8;
    private static final String SMALL = "v".repeat(100);
    private static final String LARGE = "v".repeat(100_000);
    private static final int KEYS = 1_000;

    static KeyValueUnderLoad start(Servers servers, Path executable) {
        List<TestActor> actors =
                Stream.generate(() -> servers.host().actor()).limit(ACTORS).toList();
        ProviderSetup setup = servers.host().provider(KeyValueContract.INSTANCE);
        for (TestActor actor : actors) {
            setup = setup.link(actor, Map.of("URL", servers.redis().url()));
        }
        TestProvider provider = setup.start(executable);
        provider.awaitHealthy();
        return new KeyValueUnderLoad(
                provider,
                actors.stream()
                        .map(actor -> actor.calling(provider, KeyValueContract.INSTANCE))
                        .toList());
    }

    @Override
    public String name() {
        return "keyvalue-redis";
    }

    @Override
    public List<Traffic> ordinary(int percent) {
        return List.of(Traffic.steady("keyvalue", ACTORS, 6.0 * percent, this::mixed));
    }

    /** Sets a key, gets it back, counts, and now and then gets a large value. */
    private void mixed(int caller, long number) {
        KeyValue actor = actors.get(caller);
        String key = "soak:%d:%d".formatted(caller, number / 4 % KEYS);
        switch ((int) (number % 4)) {
            case 0 -> result(actor.set(new SetRequest(key, SMALL, 0)));
            case 1 -> expect(SMALL, result(actor.get(key)).value());
            case 2 -> result(actor.increment(new IncrementRequest("soak:count:" + caller, 1)));
            default -> {
                if (number % 100 == 3) {
                    result(actor.set(new SetRequest("soak:large:" + caller, LARGE, 0)));
                    expect(LARGE, result(actor.get("soak:large:" + caller)).value());
                } else if (!result(actor.contains(key))) {
                    throw new IllegalStateException("a key that was set is not there");
                }
            }
        }
    }

    @Override
    public Traffic large() {
        result(actors.get(0).set(new SetRequest("large", LARGE, 0)));
        return Traffic.busy(
                "100 Gets of 100 KB at once",
                100,
                (caller, number) ->
                        expect(LARGE, result(actors.get(0).get("large")).value()));
    }

    private static void expect(String value, String came) {
        if (!came.equals(value)) {
            throw new IllegalStateException(
                    "a value of %d characters came instead of %d".formatted(came.length(), value.length()));
        }
    }
}
