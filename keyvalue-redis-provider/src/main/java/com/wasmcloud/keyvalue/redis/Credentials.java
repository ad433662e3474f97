package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.Secret;
import java.util.Optional;

/** What a link logs in to a server with; without a password it does not log in. Prints no secret. */
record Credentials(Optional<String> username, Optional<Secret> password) {
    static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

    boolean isNone() {
        return username.isEmpty() && password.isEmpty();
    }
}
