package com.wasmcloud.httpserver;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is called in the logs of all who see it. */
final class RequestId {
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private RequestId() {}

    /** What the client calls it when that can stand in a header and a log, else a new name. */
    static String of(@Nullable String given) {
        if (given != null && USABLE.matcher(given).matches()) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
