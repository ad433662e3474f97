package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server has answered.
 *
 * @param next what a redirect leads to, if this is one that is followed; its body is empty then
 * @param body as it came; closed by whoever is done with it
 */
record Answer(int status, MultiMap headers, CollectedBody body, Optional<Outgoing> next) implements AutoCloseable {
    /** How the body is compressed, if that is known here. */
    Optional<Decompression.Kind> compression() {
        return headers.getAll("content-encoding").size() == 1
                ? Decompression.kind(headers.get("content-encoding"))
                : Optional.empty();
    }

    /** For the actor, with a body that is as it came. */
    Response response(Bytes content) {
        return new Response(status, header(), content);
    }

    /** The same, with a body that is not compressed any more, and headers that say so. */
    Response decompressed(Bytes content) {
        Map<String, List<String>> header = header();
        header.remove("content-encoding");
        header.remove("content-length");
        return new Response(status, header, content);
    }

    private Map<String, List<String>> header() {
        Map<String, List<String>> header = new LinkedHashMap<>();
        headers.forEach(
                (name, value) -> header.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                        .add(HeaderText.fromWire(value)));
        return header;
    }

    @Override
    public void close() {
        body.close();
    }
}
