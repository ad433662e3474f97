package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of reference implementations, and recordings of real traffic between an unmodified host and providers. */
public final class Golden {
    public static final String CLUSTER_SEED = "SCAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4HYO7Q";
    public static final String CLUSTER = "CAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3R53J";
    public static final String HOST = "NAU2ZOXBIG6MV4FSFYNJJU2NBPDTMHSSNUF74EWIS6KLZEZCSZW5PVNH";
    public static final String ACTOR = "MASUHOJP6EEVKEKHNLOIG2O3NXOJGNTFUEMXRXNBIBHOCBTMVFKZ3BLC";
    public static final String PROVIDER = "VALUKU5UK3O57RUQR3FLDQIB7ZVLEHRLVIDBO6K3PVB2MNECTE75KIIV";

    private Golden() {}

    static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }

    static Bytes message(String name) {
        return hex(text("/golden/" + name + ".hex").strip());
    }

    static List<Map<String, @Nullable Object>> recorded(String name) {
        return text("/recorded/" + name + ".jsonl").lines().map(Json::object).toList();
    }

    static Bytes bytes(Map<String, @Nullable Object> recording, String key) {
        return hex(Json.text(recording, key));
    }

    static String text(String resource) {
        return new String(raw(resource), StandardCharsets.UTF_8);
    }

    static byte[] raw(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
