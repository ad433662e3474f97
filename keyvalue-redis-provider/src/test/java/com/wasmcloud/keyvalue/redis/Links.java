package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.Await;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Opens links for a test, and closes them after it. */
final class Links implements AutoCloseable {
    private static final long MEMORY = 64 * 1024 * 1024;

    private final RedisRuntime runtime;
    private final Budget memory;
    private final List<RedisKeyValue> open = new ArrayList<>();

    Links() {
        this(InetAddress::getAllByName);
    }

    /** Links that look host names up in another way. */
    Links(HostNames.Lookup names) {
        this(names, new Budget(MEMORY));
    }

    /** Links that count large answers in this budget. */
    Links(Budget memory) {
        this(InetAddress::getAllByName, memory);
    }

    private Links(HostNames.Lookup names, Budget memory) {
        this.runtime = new RedisRuntime(new Background("redis"), names);
        this.memory = memory;
    }

    /** Opens a link with a URL and other settings, each a key and a value. */
    RedisKeyValue open(String url, String... more) {
        Sources sources = Sources.ofLink(values(url, more));
        RedisSettings settings = RedisSettings.of(sources);
        Logins logins = new Logins(settings, () -> RedisSettings.of(sources));
        RedisKeyValue keyValue =
                new RedisKeyValue(RedisStore.open(settings, logins, memory.share(), Spans.NONE, runtime));
        open.add(keyValue);
        return keyValue;
    }

    /** The same, and waits until it is connected. */
    RedisKeyValue connect(String url, String... more) {
        RedisKeyValue keyValue = open(url, more);
        awaitHealthy(keyValue);
        return keyValue;
    }

    /** Closes one link and forgets it. */
    void close(RedisKeyValue keyValue) {
        keyValue.close();
        open.remove(keyValue);
    }

    private static Map<String, String> values(String url, String... more) {
        // by default there is time enough for a machine that is busy with other things
        Map<String, String> values = new HashMap<>(Map.of("URL", url, "command_timeout_ms", "20000"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values;
    }

    static void awaitHealthy(RedisKeyValue keyValue) {
        Await.until("the link is healthy", () -> keyValue.health().healthy());
    }

    /** Waits until the link says what is wrong, in words with this text among them. */
    static void awaitHealth(RedisKeyValue keyValue, String text) {
        Await.until(
                "health says '" + text + "'", () -> keyValue.health().reason().contains(text));
    }

    /** What a call that fails tells its caller. */
    static String failure(CompletionStage<?> call) {
        RpcException failure = catchThrowableOfType(RpcException.class, () -> Await.result(call));
        return failure == null ? "it did not fail" : String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        open.forEach(RedisKeyValue::close);
        open.clear();
    }
}
