package com.wasmcloud.testkit.verify;

import java.util.List;
import java.util.regex.Pattern;

/** The contracts that there are checks for, and all others. */
final class Kits {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(:[a-z0-9_-]+)+");
    private static final List<Kit> KNOWN = List.of(
            new KeyValueKit(),
            new BlobstoreKit(),
            new HttpServerKit(),
            new HttpClientKit(),
            new LoggingKit("wasmcloud:builtin:logging"),
            new LoggingKit("wasmcloud:logging"));

    private Kits() {}

    /**
     * The kit of a contract.
     *
     * @throws IllegalArgumentException when this is no id of a contract
     */
    static Kit of(String contractId) {
        if (!ID.matcher(contractId).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no id of a contract, such as wasmcloud:keyvalue".formatted(contractId));
        }
        return KNOWN.stream()
                .filter(kit -> kit.contractId().equals(contractId))
                .findFirst()
                .orElseGet(() -> new OtherKit(contractId));
    }
}
